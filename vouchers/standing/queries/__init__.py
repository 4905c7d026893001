"""Where vouchers stand: the facts it is judged by, and what was judged."""

from .outdated import light_by_hand, outdated_vouchers

__all__ = ["light_by_hand", "outdated_vouchers"]
