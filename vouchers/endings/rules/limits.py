"""Which days an extension, a suspension or an early end may name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class DayMisfit(StrEnum):
    """What is wrong with a day, or with extending at all."""

    NONE_LEFT = "none_left"
    BEFORE_START = "before_start"
    PAST = "past"
    NOT_LATER = "not_later"
    TOO_LATE = "too_late"
    TOO_SOON = "too_soon"


@dataclass(frozen=True)
class ExtensionLimits:
    """What a call allows of a voucher that starts and ends on days: `given` extensions of at most
    `most`, and all of them at most `days_most` after `first_end`, where it was to end at first.
    """

    today: date
    valid_from: date
    ends_on: date
    first_end: date
    given: int
    most: int
    days_most: int

    @property
    def latest(self) -> date:
        """The last day until which the voucher may be extended."""
        return self.first_end + timedelta(days=self.days_most)

    @property
    def is_possible(self) -> bool:
        """Whether any extension may still be given."""
        return self.given < self.most and self.latest > max(
            self.ends_on, self.today - timedelta(days=1)
        )


def misfit_of_extension(until: date, limits: ExtensionLimits) -> DayMisfit | None:
    """What is wrong with `until` as the new last day (included); None where it may be granted."""
    if limits.given >= limits.most:
        return DayMisfit.NONE_LEFT
    if until < limits.valid_from:
        return DayMisfit.BEFORE_START
    if until < limits.today:
        return DayMisfit.PAST
    if until <= limits.ends_on:
        return DayMisfit.NOT_LATER
    return DayMisfit.TOO_LATE if until > limits.latest else None


def earliest_end(today: date, notice_days: int) -> date:
    """The first day on which a voucher may end, where notice is given today."""
    return today + timedelta(days=notice_days)


def misfit_of_end(
    ends_on: date, *, today: date, valid_from: date, valid_until: date, notice_days: int
) -> DayMisfit | None:
    """What is wrong with a day as the early end of a voucher; None where it may be that day.

    A voucher that would be over before its notice is still ends with the notice.
    """
    earliest = earliest_end(today, notice_days)
    if ends_on < valid_from:
        return DayMisfit.BEFORE_START
    if ends_on < today:
        return DayMisfit.PAST
    if ends_on < earliest:
        return DayMisfit.TOO_SOON
    return DayMisfit.TOO_LATE if ends_on > max(valid_until, earliest) else None
