"""Reads of what is reported over stages: the names that other rooms use."""

from .annex import annex_of, annex_sha256
from .financial import balances, entries_in, first_day_of, movements, vouchers_at
from .periods import closed_until, period_reports_visible_to
from .pins import Moved, Pin, entries_since, newest_entry, pin_of
from .programme import CountryFigures, Totals, figures_by_country, supported_vouchers, totals
from .progress import progress_of, vouchers_reported
from .schedules import (
    begins_on,
    former_hearers_of,
    hearers_of,
    next_periods,
    people_who_may_hear,
    periods_fallen_due,
    readers_among,
    running_schedules,
    runs_in_trouble,
    runs_of,
    runs_to_look_at,
    runs_to_tell,
    runs_visible_to,
    schedules_visible_to,
    setters_of,
    to_make_now,
    with_dates,
)

__all__ = [
    "CountryFigures",
    "Moved",
    "Pin",
    "Totals",
    "annex_of",
    "annex_sha256",
    "balances",
    "begins_on",
    "closed_until",
    "entries_in",
    "entries_since",
    "figures_by_country",
    "first_day_of",
    "former_hearers_of",
    "hearers_of",
    "movements",
    "newest_entry",
    "next_periods",
    "people_who_may_hear",
    "period_reports_visible_to",
    "periods_fallen_due",
    "pin_of",
    "progress_of",
    "readers_among",
    "running_schedules",
    "runs_in_trouble",
    "runs_of",
    "runs_to_look_at",
    "runs_to_tell",
    "runs_visible_to",
    "schedules_visible_to",
    "setters_of",
    "supported_vouchers",
    "to_make_now",
    "totals",
    "vouchers_at",
    "vouchers_reported",
    "with_dates",
]
