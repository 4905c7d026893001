"""What a voucher's standing is judged by: plain days and states, gathered once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum


class Reached(StrEnum):
    """How far something has come that one side writes and others decide on."""

    NOTHING = "nothing"
    DRAFT = "draft"
    RETURNED = "returned"
    SENT = "sent"
    SECOND = "second"
    DONE = "done"


@dataclass(frozen=True)
class WatchLimits:
    """The limits of a call, in days: longer than `turn` or `silence` is worth a word, twice as long is
    late. A milestone is late after `grace`; before the end of a voucher, `ending` days are watched,
    and the last `grace` of them are late.
    """

    turn: int = 7
    silence: int = 30
    grace: int = 7
    ending: int = 30


@dataclass(frozen=True)
class Consent:
    """The record of needs: how far it is, since when, and whose confirmation is missing."""

    step: Reached = Reached.NOTHING
    since: date | None = None
    cluster_confirmed: bool = False
    partner_confirmed: bool = False


@dataclass(frozen=True)
class PlanFact:
    """The newest version of the plan, and whether one is in force already."""

    step: Reached = Reached.NOTHING
    since: date | None = None
    in_force: bool = False


@dataclass(frozen=True)
class Quotes:
    """How far a request for quotes is: its state in words of providers, and since when.

    `needed` where the plan in force leaves it to quotes to find a provider and nobody asks yet; while
    quotes are asked, `since` is the day of the deadline. `unpriced` where they are opened and the
    rate of a currency is awaited, without which nobody can choose.
    """

    state: str
    since: date


@dataclass(frozen=True)
class ClaimFact:
    """The claim of a milestone that holds: its state in words of payments, and since when."""

    state: str
    since: date


@dataclass(frozen=True)
class DeliveryFact:
    """A milestone of the plan in force: what was handed in for it, and what was claimed.

    `pk` tells milestones of one title apart.
    """

    title: str
    due_on: date
    days: Decimal = Decimal(0)
    step: Reached = Reached.NOTHING
    since: date | None = None
    claim: ClaimFact | None = None
    pk: int = 0


@dataclass(frozen=True)
class SurveyFact:
    """A follow-up survey that is awaited: after how many months, and since which day."""

    months: int
    since: date


@dataclass(frozen=True)
class AmendmentFact:
    """An amendment of the agreement that waits: whether the cluster has signed, and since which day."""

    is_signed: bool
    since: date


@dataclass(frozen=True)
class Rest:
    """A time in which the voucher was suspended: from a day to the one before it went on."""

    since: date
    until: date

    def days_after(self, day: date) -> int:
        """How many of its days come after `day`."""
        return max((self.until - max(self.since, day + timedelta(days=1))).days, 0)


@dataclass(frozen=True)
class VoucherFacts:
    """One voucher on one day, on the calendar of its country. Amounts are EUR."""

    today: date
    issued_on: date
    valid_until: date
    last_activity: date
    is_active: bool = True
    is_closed: bool = False
    # It rests: nobody is waited for, and the days do not count.
    is_suspended: bool = False
    rests: tuple[Rest, ...] = ()
    # Since when its agreement waits for a coordinator's signature; None where it does not.
    awaits_countersignature_since: date | None = None
    # An amendment of the agreement that one of the sides has still to sign.
    amendment: AmendmentFact | None = None
    needs: Consent = field(default_factory=Consent)
    plan: PlanFact = field(default_factory=PlanFact)
    quotes: Quotes | None = None
    deliveries: tuple[DeliveryFact, ...] = ()
    report: Reached = Reached.NOTHING
    report_since: date | None = None
    # Of a closed voucher: the survey that nobody has answered yet, while it may be.
    survey: SurveyFact | None = None
    amount: Decimal = Decimal(0)
    planned: Decimal = Decimal(0)
    contracted: Decimal = Decimal(0)
    days_worked: Decimal = Decimal(0)
    limits: WatchLimits = field(default_factory=WatchLimits)

    @property
    def is_open(self) -> bool:
        """Whether anything is waited for at all."""
        return self.is_active and not self.is_closed and not self.is_suspended

    def days_since(self, day: date) -> int:
        """The days from `day` to today that count: not those on which the voucher rested."""
        rested = sum(rest.days_after(day) for rest in self.rests)
        return (self.today - day).days - rested

    @property
    def everything_is_delivered(self) -> bool:
        return self.plan.in_force and all(one.step == Reached.DONE for one in self.deliveries)

    @property
    def everything_is_paid(self) -> bool:
        return self.everything_is_delivered and all(
            one.claim is not None and one.claim.state == "paid" for one in self.deliveries
        )
