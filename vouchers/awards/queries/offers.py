"""Reads of awards and vouchers, scoped to who asks."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.permissions import is_auditor, is_coordinator, is_finance_officer
from clusters.models import Representative
from vouchers.applications.models import Application, Recusal
from vouchers.awards.models import Award, Voucher


def awards_visible_to(user: User) -> QuerySet[Award]:
    """The awards that the person may read, with application, cluster, call and country."""
    awards = Award.objects.select_related(
        "application__cluster", "application__country__partner", "application__call"
    )
    if not user.is_authenticated:
        return awards.none()
    own = Q(application__cluster__in=Representative.objects.filter(user=user).values("cluster"))
    scope = Q(application__country_id__in=user.officer_countries)
    if any(role.test(user) for role in (is_coordinator, is_finance_officer, is_auditor)):
        scope = Q()
    recused = Recusal.objects.filter(person=user).values("application")
    staff = scope & ~Q(application__in=recused)
    return awards.filter(own | staff) if user.is_staff_member else awards.filter(own)


def vouchers_visible_to(user: User) -> QuerySet[Voucher]:
    """The vouchers that the person may read, with award, application, cluster and country."""
    return Voucher.objects.select_related(
        "award__application__cluster",
        "award__application__country__partner",
        "award__application__call",
    ).filter(award__in=awards_visible_to(user))


def award_of(application: Application) -> Award | None:
    """The award that the application was offered last, where it was."""
    return Award.objects.filter(application=application).first()


def voucher_of(award: Award) -> Voucher | None:
    """The voucher that came of the award, where one did."""
    return Voucher.objects.filter(award=award).first()
