"""Calls beside one another, each as it stood on the same day of its life.

Day 0 is the day on which a call opened, and what happened until the end of a day counts (programme
time). So a call that runs is held against what earlier ones had come to by then, whatever became of
it later: an application that was withdrawn since had been sent.

A page compares what its reader may see; what a report compares is in `comparison_in_all`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.permissions import is_auditor, is_coordinator, sees_some_country
from conduct.queries.counting import rows_of
from conduct.queries.days import PROGRAMME_ZONE, day_of, start_of, today
from vouchers.applications.queries import applications_visible_to
from vouchers.awards.queries import awards_visible_to, vouchers_visible_to
from vouchers.books.models import LedgerAccount
from vouchers.calls.models import Call
from vouchers.eligibility.models import EligibilityCheck
from vouchers.payments.ledger.permissions import may_read_ledger
from vouchers.payments.ledger.queries import accounts_visible_to

# So many earlier calls stand beside one: a table and a picture of more are read by nobody.
EARLIER = 3


@dataclass(frozen=True)
class LifeDay:
    """A call, when it opened, and the day on which it was as old as the call it is held against."""

    call: Call
    opened: date
    day: date


@dataclass(frozen=True)
class ComparedStep:
    """What is compared: of which records, and when each of them had happened.

    `records` are those that a person may read. `by_end_of` is the condition that a record had happened by
    the end of a day, `measure` counts or sums those for which a condition holds; `application` is the way
    to what has call and country.
    """

    name: str
    heading: Any
    question: Any
    records: Callable[[User], QuerySet[Any]]
    shown_to: Callable[[User], bool]
    by_end_of: Callable[[date], Q]
    application: str = ""
    measure: Callable[[Q], Any] = lambda condition: Count("pk", filter=condition)
    is_money: bool = False
    # Whether it is read of the books, of which a report is pinned to an entry.
    is_booked: bool = False

    def of_call(self, call: int) -> Q:
        return Q(**{f"{self.application}call_id": call})


def _until(name: str) -> Callable[[date], Q]:
    """The condition that the instant in a field lies before the end of a day."""
    return lambda day: Q(**{f"{name}__lt": _end_of(day)})


def _end_of(day: date) -> Any:
    return start_of(day + timedelta(days=1))


def _found_eligible(day: date) -> Q:
    """By a check that had not been opened again by the end of the day."""
    check, end = "eligibility_checks", _end_of(day)
    return Q(
        Q(**{f"{check}__reopened_at": None}) | Q(**{f"{check}__reopened_at__gte": end}),
        **{f"{check}__outcome": EligibilityCheck.Outcome.ELIGIBLE, f"{check}__checked_at__lt": end},
    )


def _booked(user: User) -> QuerySet[Any]:
    return accounts_visible_to(user).filter(kind=LedgerAccount.Kind.BANK)


_reads_applications = (is_coordinator | is_auditor).test
_BOOKED = F("legs__debit") - F("legs__credit")

STEPS = (
    ComparedStep(
        "sent",
        pgettext_lazy("applications", "Sent"),
        _("How many applications had been sent?"),
        applications_visible_to,
        _reads_applications,
        _until("submitted_at"),
    ),
    ComparedStep(
        "eligible",
        pgettext_lazy("applications", "Eligible"),
        _("How many of them had been found eligible?"),
        applications_visible_to,
        _reads_applications,
        _found_eligible,
    ),
    ComparedStep(
        "offered",
        pgettext_lazy("vouchers", "Offered"),
        _("To how many clusters had a voucher been offered?"),
        awards_visible_to,
        sees_some_country.test,
        _until("offered_at"),
        "application__",
    ),
    ComparedStep(
        "issued",
        pgettext_lazy("vouchers", "Issued"),
        _("How many vouchers had been issued?"),
        vouchers_visible_to,
        sees_some_country.test,
        _until("issued_at"),
        "award__application__",
    ),
    ComparedStep(
        "worth",
        _("Worth of these vouchers, EUR"),
        _("What had been promised with them?"),
        vouchers_visible_to,
        sees_some_country.test,
        _until("issued_at"),
        "award__application__",
        lambda condition: Sum("amount", filter=condition, default=0),
        is_money=True,
    ),
    ComparedStep(
        "paid",
        _("Paid, EUR"),
        _("What had the bank booked?"),
        _booked,
        may_read_ledger.test,
        lambda day: Q(legs__entry__day__lte=day),
        "application__",
        lambda condition: Sum(_BOOKED, filter=condition, default=0),
        is_money=True,
        is_booked=True,
    ),
)


def lives_of(calls: Sequence[Call], call: Call | None) -> list[LifeDay]:
    """A call (of all the one opened last where it is None) as of today, then those opened before it,
    the newest first, each on the day on which it was as old. Empty where it has not opened.
    """
    opened = [(one.opened_at, one) for one in calls if one.opened_at]
    opened.sort(key=lambda pair: pair[0], reverse=True)
    chosen = next((pair for pair in opened if call in (None, pair[1])), None)
    if chosen is None:
        return []
    age = today() - day_of(chosen[0])
    earlier = [pair for pair in opened if pair[0] < chosen[0]][:EARLIER]
    return [LifeDay(one, day_of(at), day_of(at) + age) for at, one in (chosen, *earlier)]


def steps_of(user: User) -> list[ComparedStep]:
    """What the person may compare: who pays reads no applications."""
    return [step for step in STEPS if step.shown_to(user)]


def compared(
    user: User, lives: Sequence[LifeDay], country: str = ""
) -> dict[str, dict[int, tuple[Any, Any]]]:
    """By step and call (its key): what it had come to by its day, and by today; one statement.

    Of what the person may read, in one country or in all of theirs ('').
    """
    steps = steps_of(user)
    found = rows_of(
        [
            what_by_then(step, step.records(user), lives, country).annotate(
                now=step.measure(step.by_end_of(today()))
            )
            for step in steps
        ]
    )
    return {
        step.name: {row["in_call"]: (row["then"], row["now"]) for row in rows}
        for step, rows in zip(steps, found, strict=True)
    }


def what_by_then(
    step: ComparedStep,
    records: QuerySet[Any],
    lives: Sequence[LifeDay],
    country: str = "",
    upto: Mapping[int, int] | None = None,
) -> QuerySet[Any]:
    """What each call (`in_call`) had come to by its day (`then`), of some records of a step.

    Of the books of each call no entry counts above the number that `upto` has for it, if given.
    """
    then = Q()
    for life in lives:
        by_then = step.of_call(life.call.pk) & step.by_end_of(life.day)
        if step.is_booked and upto is not None:
            by_then &= Q(legs__entry__number__lte=upto[life.call.pk])
        then |= by_then
    return (
        _of_calls(records, step.application, lives, country)
        .values(in_call=F(f"{step.application}call_id"))
        .annotate(then=step.measure(then))
    )


def growth(
    user: User, lives: Sequence[LifeDay], country: str = "", *, of_money: bool
) -> dict[int, list[tuple[int, Decimal]]]:
    """What each call (by its key) had come to from a day of its life on, days rising: EUR that the
    bank booked, or applications that were sent; one query.
    """
    way = "application__" if of_money else ""
    day: Any = F("legs__entry__day")
    added: Any = Sum(_BOOKED)
    if of_money:
        records = _booked(user).exclude(legs=None)
    else:
        day, added = TruncDate("submitted_at", tzinfo=PROGRAMME_ZONE), Count("pk")
        records = applications_visible_to(user).exclude(submitted_at=None)
    rows = (
        _of_calls(records, way, lives, country)
        .values_list(f"{way}call_id", day)
        .annotate(added=added)
        .order_by(f"{way}call_id", day)
    )
    opened = {life.call.pk: life.opened for life in lives}
    grown: dict[int, list[tuple[int, Decimal]]] = {key: [] for key in opened}
    for key, on, more in rows:
        before = grown[key][-1][1] if grown[key] else Decimal(0)
        grown[key].append((max(0, (on - opened[key]).days), before + more))
    return grown


def _of_calls(
    records: QuerySet[Any], application: str, lives: Sequence[LifeDay], country: str
) -> QuerySet[Any]:
    narrowed: dict[str, Any] = {f"{application}call__in": [life.call.pk for life in lives]}
    if country:
        narrowed[f"{application}country_id"] = country
    return records.order_by().filter(**narrowed)
