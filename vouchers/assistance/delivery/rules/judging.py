"""Whether a session fits plan, voucher and expert: the same rules as the database, with figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from .hours import LONGEST, SHORTEST, are_quarters, left_of_the_day, most_hours


class Misfit(Enum):
    """Why a session cannot be logged."""

    OTHER_VOUCHER = "other voucher"
    REMOVED = "removed"
    NOT_QUARTERS = "not quarters"
    TOO_SHORT_OR_LONG = "too short or long"
    AHEAD = "ahead"
    OUTSIDE_VOUCHER = "outside voucher"
    SUSPENDED = "suspended"
    BEFORE_PLAN = "before plan"
    BEFORE_CONTRACT = "before contract"
    AFTER_CONTRACT = "after contract"
    OVER_MILESTONE = "over milestone"
    OVER_DAY = "over day"


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What a session must fit into; other sessions count that are not returned or taken back.

    `days` are planned for the milestone, `tolerance` is the call's in per cent above them, `logged`
    the hours of its other sessions, `logged_of_expert` those of the expert on the day, over all
    vouchers. `begun_on` is None before a plan was in force, `contracted_from` without a contract, and
    `contracted_until` also where an amendment gave more time than the contract. `rests` are the
    suspensions: each from a day to the one on which the voucher went on.
    """

    is_of_voucher: bool
    is_in_force: bool
    today: date
    valid_from: date
    valid_until: date
    begun_on: date | None
    contracted_from: date | None
    contracted_until: date | None
    days: Decimal
    tolerance: Decimal
    logged: Decimal
    logged_of_expert: Decimal
    rests: tuple[tuple[date, date | None], ...] = ()


def what_is_wrong(day: date, hours: Decimal, frame: Frame) -> Misfit | None:
    """The first rule that a session of so many hours on a day breaks; None where it fits."""
    if not frame.is_of_voucher:
        return Misfit.OTHER_VOUCHER
    if not frame.is_in_force:
        return Misfit.REMOVED
    return _wrong_day(day, frame) or _wrong_hours(hours, frame)


def _wrong_day(day: date, frame: Frame) -> Misfit | None:
    if day > frame.today:
        return Misfit.AHEAD
    if not frame.valid_from <= day <= frame.valid_until:
        return Misfit.OUTSIDE_VOUCHER
    if any(since <= day and (until is None or day < until) for since, until in frame.rests):
        return Misfit.SUSPENDED
    if frame.begun_on is None or day < frame.begun_on:
        return Misfit.BEFORE_PLAN
    if frame.contracted_from is not None and day < frame.contracted_from:
        return Misfit.BEFORE_CONTRACT
    if frame.contracted_until is not None and day > frame.contracted_until:
        return Misfit.AFTER_CONTRACT
    return None


def _wrong_hours(hours: Decimal, frame: Frame) -> Misfit | None:
    if not SHORTEST <= hours <= LONGEST:
        return Misfit.TOO_SHORT_OR_LONG
    if not are_quarters(hours):
        return Misfit.NOT_QUARTERS
    if frame.logged + hours > most_hours(frame.days, frame.tolerance):
        return Misfit.OVER_MILESTONE
    if hours > left_of_the_day(frame.logged_of_expert):
        return Misfit.OVER_DAY
    return None
