"""Where vouchers stand: the facts it is judged by, and what was judged."""

from .late import late_vouchers
from .outdated import light_by_hand, outdated_vouchers

__all__ = ["late_vouchers", "light_by_hand", "outdated_vouchers"]
