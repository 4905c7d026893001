"""What applications resemble, scoped to who asks; and which are still to be compared."""

from __future__ import annotations

from django.db.models import F, QuerySet

from accounts.models import User
from conduct.queries.scoping import for_system
from vouchers.applications.models import Answer, Application
from vouchers.applications.queries import applications_visible_to
from vouchers.eligibility.models import Comparison, PossibleDuplicate


@for_system("background work compares what was sent")
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


def duplicates_shown_to(user: User) -> QuerySet[PossibleDuplicate]:
    """Those of which the person may read the application; of the other, only that there is one."""
    visible = applications_visible_to(user).order_by().values("pk")
    return PossibleDuplicate.objects.filter(application__in=visible).select_related(
        "application__cluster", "other__country", "question", "looked_at_by"
    )


def is_compared(application: Application) -> bool:
    """Whether the application was compared with the others as it was sent last."""
    return Comparison.objects.filter(
        application=application, application__submitted_at=F("submitted_at")
    ).exists()


def alike_texts(duplicate: PossibleDuplicate) -> tuple[str, str]:
    """The two answers of a possible duplicate by its text; two queries."""
    return (
        _text(duplicate.application_id, duplicate.question_id),
        _text(duplicate.other_id, duplicate.other_question_id),
    )


@for_system("the two applications of a possible duplicate: whoever asks has it at hand")
def _text(application_id: int, question_id: int | None) -> str:
    answer = Answer.objects.filter(application=application_id, question=question_id).first()
    return answer.text if answer else ""
