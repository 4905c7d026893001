"""Early ends and suspensions: what is under way, and what is due."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, Q, QuerySet

from accounts.models import User
from conduct.queries.days import today
from conduct.queries.scoping import for_system
from vouchers.awards.models import Voucher
from vouchers.awards.queries import award_within_reach, vouchers_visible_to
from vouchers.endings.models import Ending, Suspension


def endings_visible_to(user: User) -> QuerySet[Ending]:
    """The early ends of the vouchers that the person may read."""
    return Ending.objects.filter(award_within_reach(user, "voucher__award__")).select_related(
        "voucher__award__application__cluster",
        "voucher__award__application__country__partner",
        "voucher__award__application__call",
        "proposed_by",
        "decided_by",
        "revoked_by",
    )


def endings_to_decide(user: User) -> QuerySet[Ending]:
    """The early ends that somebody else proposed and a coordinator decides on, oldest first."""
    proposed = endings_visible_to(user).filter(state=Ending.State.PROPOSED)
    return proposed.exclude(proposed_by=user).order_by("proposed_at")


def ending_of(voucher: Voucher) -> Ending | None:
    """The early end that is proposed, under notice or carried out, where there is one."""
    standing = [Ending.State.PROPOSED, Ending.State.NOTICE, Ending.State.DONE]
    return (
        Ending.objects.filter(voucher=voucher, state__in=standing)
        .select_related("proposed_by", "decided_by")
        .first()
    )


def suspension_of(voucher: Voucher) -> Suspension | None:
    """The suspension that stands, where the voucher rests."""
    standing = Suspension.objects.filter(voucher=voucher, resumed_on=None)
    return standing.select_related("set_by").first()


def suspended_to_look_at(user: User) -> QuerySet[Voucher]:
    """The suspended vouchers that are to be looked at again, in the countries of an officer."""
    return vouchers_visible_to(user).filter(
        state=Voucher.State.SUSPENDED,
        suspensions__resumed_on=None,
        suspensions__review_on__lte=today(),
        award__application__country_id__in=user.officer_countries,
    )


@for_system("background work carries out what was decided, whoever decided")
def endings_to_carry_out() -> QuerySet[Ending]:
    """The early ends whose day has come somewhere; the action looks at the country's calendar."""
    due = Ending.objects.filter(state=Ending.State.NOTICE, ends_on__lte=today() + timedelta(days=1))
    return due.order_by("ends_on", "pk")


@for_system("background work releases what was not claimed, whoever decided")
def vouchers_to_settle() -> QuerySet[Voucher]:
    """The vouchers that ended early, may be claimed no more, and still hold what is not approved."""
    return Voucher.objects.filter(
        Q(released__lt=F("amount") - F("approved")),
        state=Voucher.State.TERMINATED,
        claims_until__lt=today() + timedelta(days=1),
    ).order_by("claims_until", "pk")


@for_system("background work tells who looks after a voucher")
def suspensions_to_review() -> QuerySet[Suspension]:
    """The suspensions whose day of review has come somewhere."""
    due = Suspension.objects.filter(resumed_on=None, review_on__lte=today() + timedelta(days=1))
    return due.order_by("review_on", "pk")
