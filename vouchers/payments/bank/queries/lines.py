"""Lines of statements: where each stands, what waits for a person, and which payments fit one."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from accounts.models import User
from accounts.permissions import is_finance_officer
from conduct.queries.scoping import for_system
from vouchers.calls.models import Call
from vouchers.payments.bank.models import (
    LineCharge,
    LineMatch,
    LineProposal,
    SetAside,
    StatementLine,
)
from vouchers.payments.bank.permissions import may_read_bank
from vouchers.payments.batches.queries import payments_visible_to
from vouchers.payments.control.queries.people import keeping_from
from vouchers.payments.control.rules.separations import Duty
from vouchers.payments.models import Claim, PaymentOrder

# Where a line stands.
MATCHED, CHARGED, ASIDE, PROPOSED = "matched", "charged", "aside", "proposed"


@for_system("lines that the caller has found within its scope")
def with_standing(lines: QuerySet[Any]) -> QuerySet[Any]:
    """The lines, each with where it `stands`."""
    line = OuterRef("pk")
    return lines.annotate(
        stands=Case(
            When(Exists(LineMatch.objects.filter(line=line)), then=Value(MATCHED)),
            When(Exists(LineCharge.objects.filter(line=line)), then=Value(CHARGED)),
            When(Exists(SetAside.objects.filter(line=line)), then=Value(ASIDE)),
            default=Value(PROPOSED),
            output_field=CharField(),
        )
    )


def lines_visible_to(user: User) -> QuerySet[Any]:
    """The lines of the programme's statements, for those who read payment orders."""
    if not may_read_bank.test(user):
        return StatementLine.objects.none()
    return with_standing(StatementLine.objects.all())


def lines_to_confirm(user: User) -> QuerySet[Any]:
    """The lines that seem to be payments and wait for the person, oldest first."""
    if not is_finance_officer.test(user):
        return StatementLine.objects.none()
    payment = "proposal__payment"
    mine = Q(
        **{f"{payment}__batch__proposed_by": user},
    ) | Q(**{f"{payment}__batch__first_by": user})
    mine |= Q(**{f"{payment}__batch__second_by": user})
    # To confirm what is with the bank is to book it.
    kept = Claim.objects.filter(keeping_from(Duty.BOOKER, user)).values("pk")
    mine |= Q(**{f"{payment}__state": PaymentOrder.State.SENT, f"{payment}__claim__in": kept})
    waiting = lines_visible_to(user).filter(stands=PROPOSED, proposal__isnull=False)
    return waiting.exclude(mine, is_credit=False).order_by("booked_on", "pk")


def payments_that_fit(line: StatementLine, user: User) -> QuerySet[PaymentOrder]:
    """The payments that a line can be: of its account, its amount to the cent, and not matched yet."""
    kind = LineMatch.Kind.RETURN if line.is_credit else LineMatch.Kind.PAYMENT
    amount = line.amount if line.instructed is None else line.instructed
    currency = line.currency if line.instructed is None else line.instructed_currency
    left = [PaymentOrder.State.SENT, PaymentOrder.State.PAID, PaymentOrder.State.RETURNED]
    if currency != "EUR":
        return PaymentOrder.objects.none()
    return (
        payments_visible_to(user)
        .filter(batch__profile__debtor_account=line.account, amount=amount, state__in=left)
        .exclude(Exists(LineMatch.objects.filter(payment=OuterRef("pk"), kind=kind)))
        .order_by("batch__exported_at", "instruction")
    )


@for_system("payments of the programme's own account, for what its lines are held against")
def candidates_on(account: str, references: set[str], amounts: set[object]) -> QuerySet[Any]:
    """The payments that lines may be: those of these references, and those that are out, of an amount."""
    standing = LineProposal.objects.filter(payment=OuterRef("pk")).exclude(
        Exists(SetAside.objects.filter(line=OuterRef("line")))
    )
    matched = LineMatch.objects.filter(payment=OuterRef("pk"))
    out = Q(
        state__in=[PaymentOrder.State.SENT, PaymentOrder.State.PAID],
        amount__in=amounts,
    )
    return (
        PaymentOrder.objects.filter(
            batch__profile__debtor_account=account, batch__exported_at__isnull=False
        )
        .filter(Q(reference__in=references) | out)
        .annotate(
            has_payment=Exists(matched.filter(kind=LineMatch.Kind.PAYMENT))
            | Exists(standing.filter(line__is_credit=False)),
            has_return=Exists(matched.filter(kind=LineMatch.Kind.RETURN))
            | Exists(standing.filter(line__is_credit=True)),
        )
        .select_related("batch")
    )


@for_system("finance officers see every call")
def calls_that_bear() -> QuerySet[Call]:
    """The calls on which a charge can be entered: those that have opened."""
    return Call.objects.filter(ledger_accounts__kind="available").distinct().order_by("-year")
