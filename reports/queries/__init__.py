"""Reads of what is reported over stages: the names that other rooms use."""

from .annex import annex_of, annex_sha256
from .financial import balances, entries_in, first_day_of, movements, vouchers_at
from .periods import closed_until, period_reports_visible_to
from .pins import Moved, Pin, pin_of
from .programme import CountryFigures, Totals, figures_by_country, supported_vouchers, totals
from .progress import progress_of, vouchers_reported

__all__ = [
    "CountryFigures",
    "Moved",
    "Pin",
    "Totals",
    "annex_of",
    "annex_sha256",
    "balances",
    "closed_until",
    "entries_in",
    "figures_by_country",
    "first_day_of",
    "movements",
    "period_reports_visible_to",
    "pin_of",
    "progress_of",
    "supported_vouchers",
    "totals",
    "vouchers_at",
    "vouchers_reported",
]
