"""Every write about plans: drafting, sending, deciding, amending."""

from .deciding import approve_for_partner, approve_for_programme, return_version
from .drafting import amend_plan, begin_plan, save_parts
from .sending import problems_of_draft, submit_version, take_back_version, warnings_of_version
from .standing import require_in_force

__all__ = [
    "amend_plan",
    "approve_for_partner",
    "approve_for_programme",
    "begin_plan",
    "problems_of_draft",
    "require_in_force",
    "return_version",
    "save_parts",
    "submit_version",
    "take_back_version",
    "warnings_of_version",
]
