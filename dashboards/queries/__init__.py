"""What each role looks at, read from the rooms below and scoped to who asks."""

from .figures import CountryFigures, applications_by_state, figures_by_country, totals
from .vouchers import supported_vouchers, vouchers_matching

__all__ = [
    "CountryFigures",
    "applications_by_state",
    "figures_by_country",
    "supported_vouchers",
    "totals",
    "vouchers_matching",
]
