"""Reads of awards and vouchers, scoped to who asks."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.permissions import sees_all_countries
from clusters.queries import represented_by
from conduct.queries.once import is_nothing
from vouchers.applications.models import Application
from vouchers.applications.queries import shut_to
from vouchers.awards.models import Award, Voucher


def awards_visible_to(user: User) -> QuerySet[Award]:
    """The awards that the person may read, with application, cluster, call and country."""
    awards = Award.objects.select_related(
        "application__cluster", "application__country__partner", "application__call"
    )
    if not user.is_authenticated:
        return awards.none()
    return awards.filter(award_within_reach(user))


def award_within_reach(user: User, of: str = "") -> Q:
    """The condition on awards, at the end of the path `of`, that the person may read.

    Their own cluster's; for staff those of their countries, or all, but for what a conflict of interest
    shuts to them. Where that is all of them, there is nothing to look at: so every relation of the path
    must be one that is never empty (`tests/awards/test_within_reach.py` walks them).
    """
    if not user.is_authenticated:
        return Q(pk__in=[])
    own = Q(**{f"{of}application__cluster__in": represented_by(user)})
    if not user.is_staff_member:
        return own
    shut = shut_to(user)
    free = Q() if is_nothing(shut) else ~Q(**{f"{of}application__in": shut})
    if sees_all_countries.test(user):
        return own | free if free else Q()
    return own | (Q(**{f"{of}application__country_id__in": user.officer_countries}) & free)


def vouchers_visible_to(user: User) -> QuerySet[Voucher]:
    """The vouchers that the person may read, with award, application, cluster and country."""
    return Voucher.objects.select_related(
        "award__application__cluster",
        "award__application__country__partner",
        "award__application__call",
    ).filter(award_within_reach(user, "award__"))


def award_of(application: Application) -> Award | None:
    """The award that the application was offered last, where it was."""
    return Award.objects.filter(application=application).first()


def voucher_of(award: Award) -> Voucher | None:
    """The voucher that came of the award, where one did."""
    return Voucher.objects.filter(award=award).first()
