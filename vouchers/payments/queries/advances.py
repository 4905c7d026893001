"""What clusters have in advance: how much may be, and how much is out (docs/ways.md)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import User
from conduct.queries.scoping import for_system
from vouchers.awards.models import Voucher
from vouchers.awards.queries import award_within_reach
from vouchers.payments.models import DONE_WITH, Claim, Clearing

_MONEY = DecimalField(max_digits=12, decimal_places=2)
_NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class AdvanceOut:
    """An advance that was paid, with what no cost has cleared yet and nobody demanded back (EUR)."""

    advance: Claim
    out: Decimal


def tranche_of(voucher: Voucher) -> Decimal:
    """EUR that may be out of the voucher's advances at any time, as its call says."""
    share = voucher.award.application.call.advance_share
    return (voucher.amount * share / 100).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def with_what_is_out(claims: QuerySet[Claim]) -> QuerySet[Any]:
    """Advances with `out`: what is neither cleared nor demanded back (EUR)."""
    return claims.annotate(out=F("amount") - _cleared() - _demanded())


@for_system("sums of advances that are scoped")
def _cleared() -> Coalesce:
    found = (
        Clearing.objects.filter(advance=OuterRef("pk"), undone_at=None)
        .order_by()
        .values("advance")
        .annotate(it=Sum("amount"))
        .values("it")
    )
    return Coalesce(Subquery(found), _NOTHING, output_field=_MONEY)


@for_system("sums of advances that are scoped")
def _demanded() -> Coalesce:
    decided = Q(corrections__state__in=["announced", "demanded", "settled"])
    found = (
        Claim.objects.filter(decided, pk=OuterRef("pk"))
        .order_by()
        .values("pk")
        .annotate(it=Sum("corrections__amount"))
        .values("it")
    )
    return Coalesce(Subquery(found), _NOTHING, output_field=_MONEY)


def advances_of(voucher: Voucher) -> QuerySet[Any]:
    """The advances of a voucher that stand, asked for or paid, with what is out of each; oldest first."""
    standing = voucher.claims.filter(is_advance=True).exclude(state__in=DONE_WITH)
    return with_what_is_out(standing).order_by("number")


def advances_out(voucher: Voucher) -> list[AdvanceOut]:
    """The paid advances of a voucher of which something is out, the oldest first; one query."""
    paid = advances_of(voucher).filter(state=Claim.State.PAID, out__gt=0)
    return [AdvanceOut(one, one.out) for one in paid]


def out_of(voucher: Voucher) -> Decimal:
    """EUR of the paid advances of a voucher that nothing has cleared yet."""
    return sum((one.out for one in advances_out(voucher)), _NOTHING)


def left_to_advance(voucher: Voucher) -> Decimal:
    """EUR that may still be advanced now: the tranche, less what is asked for or out."""
    standing = sum((one.out for one in advances_of(voucher)), _NOTHING)
    return max(tranche_of(voucher) - standing, _NOTHING)


def advances_visible_to(user: User) -> QuerySet[Claim]:
    """The paid advances on the vouchers that the person may read of which something is out."""
    found = Claim.objects.filter(
        award_within_reach(user, "voucher__award__"), is_advance=True, state=Claim.State.PAID
    )
    return (
        with_what_is_out(found)
        .filter(out__gt=0)
        .select_related("voucher__award__application__cluster")
        .order_by("submitted_at")
    )
