"""What the books of a call say of a period: balances before and after it, and what moved within it.

All of it is summed from the legs of entries up to one of them (`upto`, its number), so that it is the
same whenever it is asked. Amounts are Decimal EUR. A country's share is what stands on the vouchers of
its applications: grant, available money and charges of banks are the call's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, Min, Q, QuerySet, Sum

from conduct.queries.scoping import for_system
from reports.models import PeriodReport
from vouchers.applications.models import Application
from vouchers.books.models import LedgerAccount, LedgerEntry, LedgerLeg
from vouchers.books.rules.routes import OF_A_VOUCHER
from vouchers.calls.models import Call

ZERO = Decimal("0.00")
_EUR: DecimalField[Decimal, Decimal] = DecimalField(max_digits=14, decimal_places=2)


@dataclass(frozen=True)
class Balance:
    """An account, or several of a kind: what stood there before, came, went, and stands there then."""

    kind: str
    opening: Decimal
    debits: Decimal
    credits: Decimal

    @property
    def closing(self) -> Decimal:
        return self.opening + self.debits - self.credits


@dataclass(frozen=True)
class VoucherMoney:
    """Where the money of one award stands at the end of a period.

    What was awarded is what stands on its accounts, was released and was recovered.
    """

    application: Application
    held: dict[str, Decimal]
    awarded: Decimal
    released: Decimal
    recovered: Decimal


@dataclass(frozen=True)
class Movements:
    """What one kind of entry moved in a period."""

    kind: str
    number: int
    amount: Decimal


def _scope(report: PeriodReport, *, through: str = "") -> Q:
    """The entries of the call, of its country alone where it is of one; by the way to the entry."""
    scope = Q(**{f"{through}call": report.call_id})
    if report.country_id:
        scope &= Q(**{f"{through}application__country": report.country_id})
    return scope


def _sum(of: str, when: Q) -> Sum:
    return Sum(of, filter=when, default=ZERO, output_field=_EUR)


@for_system("sums of a call, for who may report them")
def balances(report: PeriodReport, upto: int) -> list[Balance]:
    """Each kind of account with what stood there before the period and after it; one query."""
    before = Q(entry__day__lt=report.first)
    rows = (
        LedgerLeg.objects.filter(
            _scope(report, through="entry__"),
            entry__number__lte=upto,
            entry__day__lte=report.last,
        )
        .order_by()
        .values("account__kind")
        .annotate(
            came_before=_sum("debit", before),
            went_before=_sum("credit", before),
            came=_sum("debit", ~before),
            went=_sum("credit", ~before),
        )
    )
    found = {row["account__kind"]: row for row in rows}
    kinds = OF_A_VOUCHER if report.country_id else LedgerAccount.Kind.values
    return [_balance(kind, found.get(kind)) for kind in kinds]


def _balance(kind: str, row: Mapping[str, Any] | None) -> Balance:
    if row is None:
        return Balance(kind, ZERO, ZERO, ZERO)
    return Balance(kind, row["came_before"] - row["went_before"], row["came"], row["went"])


@for_system("sums of a call, for who may report them")
def vouchers_at(report: PeriodReport, upto: int) -> list[VoucherMoney]:
    """Each award on which something stood or moved until the end of the period; three queries."""
    held: dict[int, dict[str, Decimal]] = {}
    legs = LedgerLeg.objects.filter(
        _scope(report, through="entry__"), entry__number__lte=upto, entry__day__lte=report.last
    ).exclude(account__application=None)
    for row in (
        legs.order_by()
        .values("account__application", "account__kind")
        .annotate(came=_sum("debit", Q()), went=_sum("credit", Q()))
    ):
        account = held.setdefault(row["account__application"], dict.fromkeys(OF_A_VOUCHER, ZERO))
        account[row["account__kind"]] = row["came"] - row["went"]
    flows = _flows(report, upto)
    applications = Application.objects.filter(pk__in=held).select_related("cluster", "country")
    return [
        VoucherMoney(application, held[application.pk], **flows[application.pk])
        for application in applications.order_by("country", "reference")
        if flows[application.pk]["awarded"]
    ]


@for_system("sums of a call, for who may report them")
def _flows(report: PeriodReport, upto: int) -> dict[int, dict[str, Decimal]]:
    """What each award was given, gave back at its end, and paid back, until the end of the period."""
    rows = (
        LedgerEntry.objects.filter(_scope(report), number__lte=upto, day__lte=report.last)
        .exclude(application=None)
        .order_by()
        .values("application")
        .annotate(
            given=_sum("amount", Q(kind="award")),
            not_taken=_sum("amount", Q(kind="withdrawal")),
            released=_sum("amount", Q(kind="release")),
            back=_sum("amount", Q(kind="recovery")),
            reopened=_sum("amount", Q(kind="reopening")),
        )
    )
    return {
        row["application"]: {
            "awarded": row["given"] - row["not_taken"],
            "released": row["released"],
            "recovered": row["back"] - row["reopened"],
        }
        for row in rows
    }


@for_system("sums of a call, for who may report them")
def movements(report: PeriodReport, upto: int) -> list[Movements]:
    """What each kind of entry moved in the period, as the first of them came; one query."""
    rows = (
        entries_in(report, upto)
        .order_by()
        .values("kind")
        .annotate(found=Count("pk"), moved=Sum("amount"), first_number=Min("number"))
        .order_by("first_number")
    )
    return [Movements(row["kind"], row["found"], row["moved"]) for row in rows]


@for_system("the entries behind the sums, for who may report them")
def entries_in(report: PeriodReport, upto: int) -> QuerySet[LedgerEntry]:
    """The entries dated in the period, no later in the chain than `upto`, in their order."""
    return LedgerEntry.objects.filter(
        _scope(report), number__lte=upto, day__range=(report.first, report.last)
    ).order_by("number")


@for_system("the first day that can be reported")
def first_day_of(call: Call) -> date | None:
    """The day of the earliest entry of a call's books; None where nothing is entered."""
    return LedgerEntry.objects.filter(call=call).aggregate(first=Min("day"))["first"]
