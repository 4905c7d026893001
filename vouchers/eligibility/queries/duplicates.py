"""What applications resemble, scoped to who asks; and which are still to be compared."""

from __future__ import annotations

from django.db.models import F, QuerySet

from accounts.models import User
from vouchers.applications.models import Application
from vouchers.applications.queries import applications_visible_to
from vouchers.eligibility.models import PossibleDuplicate


def to_compare() -> QuerySet[Application]:
    """Sent applications that were not compared as they were sent last, the oldest first."""
    return (
        Application.objects.filter(state=Application.State.SUBMITTED)
        .exclude(comparison__submitted_at=F("submitted_at"))
        .order_by("submitted_at")
    )


def duplicates_of(application: Application) -> QuerySet[PossibleDuplicate]:
    """What the application resembles, the most alike first; withdrawn ones are left out."""
    return (
        application.possible_duplicates.exclude(other__state=Application.State.WITHDRAWN)
        .select_related("other__country", "other__cluster", "other__call", "looked_at_by")
        .select_related("question", "other_question")
    )


def duplicates_visible_to(user: User) -> QuerySet[PossibleDuplicate]:
    """Those of which the person may read both applications."""
    visible = applications_visible_to(user).order_by().values("pk")
    return PossibleDuplicate.objects.filter(
        application__in=visible, other__in=visible
    ).select_related(
        "application__cluster",
        "application__call",
        "application__country",
        "other__cluster",
        "other__call",
        "other__country",
        "question",
        "other_question",
    )
