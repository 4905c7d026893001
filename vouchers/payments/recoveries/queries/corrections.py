"""Corrections, scoped to who asks, and what waits in them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import (
    Case,
    DecimalField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.permissions import is_coordinator, is_finance_officer
from conduct.queries.days import today
from conduct.queries.scoping import for_system
from vouchers.awards.models import Voucher
from vouchers.awards.queries import award_within_reach
from vouchers.payments.models import Claim, ClaimLine, FinalLine
from vouchers.payments.queries import found_eligible, lines_of
from vouchers.payments.recoveries.models import Correction, CorrectionLine, Recovery

_MONEY = DecimalField(max_digits=12, decimal_places=2)
_UNDECIDED = (Correction.State.PROPOSED, Correction.State.REFUSED)


def corrections_visible_to(user: User) -> QuerySet[Correction]:
    """The corrections of claims that the person may read; a cluster sees those that are decided."""
    found = Correction.objects.filter(award_within_reach(user, "claim__voucher__award__"))
    return found if user.is_staff_member else found.exclude(state__in=_UNDECIDED)


def with_facts(corrections: QuerySet[Correction]) -> QuerySet[Correction]:
    """Corrections with what pages, lists and files say of them; `recovered` and `rest` in EUR."""
    return corrections.select_related(
        "claim__provider",
        "claim__cluster",
        "claim__partner",
        "claim__voucher__award__application__cluster",
        "claim__voucher__award__application__country",
        "proposed_by",
        "decided_by",
        "demanded_by",
        "set_off_by",
    ).annotate(
        recovered=_parts(Q(state="entered") & ~Q(kind="waived")),
        waived=_parts(Q(state="entered", kind="waived")),
        rest=Case(
            When(state=Correction.State.REFUSED, then=Decimal("0.00")),
            default=F("amount") - _parts(Q(state="entered")),
            output_field=_MONEY,
        ),
    )


@for_system("sums of corrections that are scoped")
def _parts(which: Q) -> Coalesce:
    found = (
        Recovery.objects.filter(which, correction=OuterRef("pk"))
        .order_by()
        .values("correction")
        .annotate(it=Sum("amount"))
        .values("it")
    )
    return Coalesce(Subquery(found), Decimal(0), output_field=_MONEY)


def corrections_of(voucher: Voucher, user: User) -> list[Correction]:
    """The corrections of a voucher's claims that the person may read, oldest first."""
    found = with_facts(corrections_visible_to(user).filter(claim__voucher=voucher))
    return list(found.order_by("proposed_at", "pk"))


def parts_visible_to(user: User) -> QuerySet[Recovery]:
    """The parts of the corrections that the person may read."""
    found = Recovery.objects.filter(correction__in=corrections_visible_to(user))
    return found.select_related("correction")


def parts_of(correction: Correction) -> list[Recovery]:
    """The parts of a correction in their order; one query."""
    return list(
        correction.parts.select_related("entered_by", "confirmed_by", "order__batch").order_by("pk")
    )


@dataclass(frozen=True)
class CorrectableLine:
    """A line of a claim, with what is still paid of it after earlier corrections (EUR)."""

    line: ClaimLine
    paid: Decimal


def correctable_lines(claim: Claim) -> list[CorrectableLine]:
    """The lines of a paid claim of which something can be corrected yet."""
    corrected = dict(
        CorrectionLine.objects.filter(line__claim=claim)
        .exclude(correction__state=Correction.State.REFUSED)
        .order_by()
        .values_list("line")
        .annotate(it=Sum("amount"))
    )
    paid = found_eligible(claim)
    # In their order, so that the last rate that was said stands.
    paid |= dict(
        FinalLine.objects.filter(final_rate__claim=claim)
        .order_by("final_rate__number")
        .values_list("line", "amount")
    )
    lines = [
        CorrectableLine(line, paid[line.pk] - corrected.get(line.pk, Decimal(0)))
        for line in lines_of(claim)
    ]
    return [one for one in lines if one.paid > 0]


def corrections_to_decide(user: User) -> QuerySet[Correction]:
    """Corrections that somebody else proposed, oldest first."""
    if not (is_finance_officer.test(user) or is_coordinator.test(user)):
        return Correction.objects.none()
    found = corrections_visible_to(user).filter(state=Correction.State.PROPOSED)
    return found.exclude(proposed_by=user).order_by("proposed_at")


def parts_to_confirm(user: User) -> QuerySet[Recovery]:
    """What somebody else wrote down as received or waived, oldest first."""
    if not (is_finance_officer.test(user) or is_coordinator.test(user)):
        return Recovery.objects.none()
    return (
        Recovery.objects.filter(
            correction__in=corrections_visible_to(user),
            state=Recovery.State.WAITING,
            order=None,
        )
        .exclude(entered_by=user)
        .select_related("correction")
        .order_by("entered_at")
    )


def overdue_corrections(user: User) -> QuerySet[Correction]:
    """What was to be paid back by a day that is over, the longest first."""
    if not is_finance_officer.test(user):
        return Correction.objects.none()
    found = corrections_visible_to(user).filter(state=Correction.State.DEMANDED, due_on__lt=today())
    return found.order_by("due_on")


@for_system("background work tells finance")
def to_remind_of() -> QuerySet[Correction]:
    """What is overdue, of which finance was not told yet."""
    return Correction.objects.filter(
        state=Correction.State.DEMANDED, due_on__lt=today(), reminded_at=None
    )
