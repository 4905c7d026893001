"""Helping an assessor: whose pages a coordinator may see, and who looked at whose."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.permissions import is_auditor, is_coordinator
from vouchers.applications.queries import applications_open_to_role
from vouchers.scoring.assessing.models import Assessment, Assignment, Score
from vouchers.scoring.assessing.queries.assignments import ACTIVE_STATES
from vouchers.scoring.assessing.queries.worklist import worklist_of

from .models import SESSION_LASTS, SupportSession


def assessors_supported_by(user: User) -> QuerySet[User]:
    """Whose pages a coordinator may see: who scores an application that is open to them."""
    if not is_coordinator.test(user):
        return User.objects.none()
    seen = Assignment.objects.filter(
        state__in=ACTIVE_STATES, application__in=applications_open_to_role(user)
    )
    return User.objects.filter(pk__in=seen.values("assessor")).exclude(pk=user.pk)


def assignments_in_support(assessor: User, *, by: User) -> QuerySet[Assignment]:
    """What the assessor's list holds, without what `by` may not see (a recusal, above all)."""
    return worklist_of(assessor).filter(application__in=applications_open_to_role(by))


def unread_assessment(assignment: Assignment) -> Assessment:
    """The assessment without what the assessor wrote: scores are nobody else's until submitted."""
    return (
        Assessment.objects.select_related("assignment__application__call")
        .defer("comment")
        .prefetch_related(Prefetch("scores", queryset=Score.objects.none()))
        .get(assignment=assignment)
    )


def open_session(assessor: User, *, by: User) -> SupportSession | None:
    """The look that the person began within the last hour, where there is one."""
    return (
        SupportSession.objects.filter(
            assessor=assessor, seen_by=by, begun_at__gt=timezone.now() - SESSION_LASTS
        )
        .select_related("assessor")
        .first()
    )


def sessions_visible_to(user: User) -> QuerySet[SupportSession]:
    """Every look for coordinators and auditors; for others, who looked at their own pages."""
    found = SupportSession.objects.select_related("assessor", "seen_by")
    if is_coordinator.test(user) or is_auditor.test(user):
        return found
    return found.filter(assessor=user)
