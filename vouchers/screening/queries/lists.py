"""Lists of sanctions and what was found by them, for who may read them."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F, Q, QuerySet, Subquery

from accounts.models import User
from conduct.queries.scoping import for_system
from vouchers.screening.models import HitDecision, SanctionsHit, SanctionsList, Screening
from vouchers.screening.permissions import may_read_screenings, may_screen

UNDECIDED = (SanctionsHit.State.OPEN, SanctionsHit.State.HALF)


@for_system("which list is in force is no secret of anybody")
def list_in_force() -> SanctionsList | None:
    """The list that was put in force last; None before there is one."""
    return SanctionsList.objects.exclude(in_force_at=None).order_by("-in_force_at").first()


def is_older(sanctions_list: SanctionsList, current: SanctionsList | None) -> bool:
    """Whether a list is of an earlier day than the one in force."""
    if current is None or current.listed_on is None or sanctions_list.listed_on is None:
        return False
    return sanctions_list.listed_on < current.listed_on


def lists_visible_to(user: User) -> QuerySet[SanctionsList]:
    """Every list that was uploaded, for who reads screenings."""
    if not may_read_screenings.test(user):
        return SanctionsList.objects.none()
    return SanctionsList.objects.all()


def lists_to_put_in_force(user: User) -> QuerySet[SanctionsList]:
    """Lists that are read, newer than the one in force and not put in force."""
    if not may_screen.test(user):
        return SanctionsList.objects.none()
    current = SanctionsList.objects.exclude(in_force_at=None).order_by("-in_force_at")
    waiting = SanctionsList.objects.filter(
        state=SanctionsList.State.READY, fault="", in_force_at=None
    ).alias(current=Subquery(current.values("listed_on")[:1]))
    return waiting.filter(Q(current=None) | Q(listed_on__gt=F("current")))


def screenings_visible_to(user: User) -> QuerySet[Screening]:
    """Every screening, for who reads them; the newest first."""
    if not may_read_screenings.test(user):
        return Screening.objects.none()
    return Screening.objects.select_related("provider", "cluster", "sanctions_list", "screened_by")


def with_hits(screenings: QuerySet[Screening], states: Collection[str]) -> QuerySet[Screening]:
    """Those of the screenings with a likeness in one of the states."""
    hits = SanctionsHit.objects.filter(state__in=states)
    return screenings.filter(pk__in=hits.values("screening"))


def hits_visible_to(user: User) -> QuerySet[SanctionsHit]:
    """Every likeness that a screening found, for who reads them."""
    if not may_read_screenings.test(user):
        return SanctionsHit.objects.none()
    return SanctionsHit.objects.all()


def hits_to_decide(user: User) -> QuerySet[SanctionsHit]:
    """Likenesses of screenings that stand on which the person may decide, the strongest first."""
    if not may_screen.test(user):
        return SanctionsHit.objects.none()
    told_apart = HitDecision.objects.filter(decided_by=user, verdict=HitDecision.Verdict.OTHER)
    return (
        SanctionsHit.objects.filter(state__in=UNDECIDED, screening__ended_at=None)
        .exclude(pk__in=told_apart.values("hit"))
        .select_related("screening__provider", "screening__cluster", "alias")
    )
