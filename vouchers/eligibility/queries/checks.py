"""Which check of an application holds, and what waits for whom."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from vouchers.applications.models import Application
from vouchers.applications.queries import applications_visible_to
from vouchers.eligibility.models import CheckDraft, Clarification, EligibilityCheck


def check_of(application: Application) -> EligibilityCheck | None:
    """The check of the application that holds, where there is one, with its findings."""
    return (
        application.eligibility_checks.filter(reopened_at=None)
        .select_related("checked_by")
        .prefetch_related("findings__rule")
        .first()
    )


def waiting_for(user: User) -> QuerySet[Application]:
    """The applications that an officer has still to check, the longest waiting first.

    Those whose cluster is being asked are left out: it is not the officer's turn.
    """
    return (
        to_be_checked_by(user)
        .exclude(clarifications__state=Clarification.State.ASKED)
        .order_by("submitted_at", "pk")
    )


def to_be_checked_by(user: User) -> QuerySet[Application]:
    """The sent applications in an officer's countries, but for those of clusters they act for."""
    return (
        applications_visible_to(user)
        .filter(state=Application.State.SUBMITTED, country_id__in=user.officer_countries)
        .exclude(cluster__representatives__user=user)
    )


def next_to_check(user: User, after: Application) -> Application | None:
    """The application that waits after this one, beginning anew at the end of the list."""
    others = waiting_for(user).exclude(pk=after.pk)
    later = others.filter(submitted_at__gte=after.submitted_at) if after.submitted_at else others
    return later.first() or others.first()


def draft_of(application: Application, officer: User) -> CheckDraft | None:
    """What the officer filled in of the check so far."""
    return CheckDraft.objects.filter(application=application, officer=officer).first()


def others_checking(application: Application, officer: User) -> QuerySet[CheckDraft]:
    """Drafts of the same check by colleagues, the newest first."""
    return (
        application.check_drafts.exclude(officer=officer)
        .select_related("officer")
        .order_by("-saved_at")
    )


def may_be_reopened(application: Application) -> bool:
    """Whether the check may still be taken back: it holds, and nobody was asked to score.

    Assignments hang on to an application by name, in the room above.
    """
    checked = (Application.State.ELIGIBLE, Application.State.INELIGIBLE)
    return (
        application.state in checked
        and not Application.objects.filter(pk=application.pk, assignments__isnull=False).exists()
    )
