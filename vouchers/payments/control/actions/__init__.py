"""Changing the policy of separations, and writing checklists.

The control of a claim is a step of it: payments/actions/control.py, controlling.py and parking.py.
"""

from .checklists import write_checklist
from .policies import confirm_policy, drop_policy, propose_policy

__all__ = ["confirm_policy", "drop_policy", "propose_policy", "write_checklist"]
