"""What clusters are asked about their answers, scoped to who asks."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from clusters.queries import represented_by
from conduct.queries.scoping import for_system
from vouchers.applications.models import Application
from vouchers.applications.queries import applications_visible_to
from vouchers.eligibility.models import Clarification, ClarificationFile, ClarificationItem

from .checks import to_be_checked_by


def being_asked(user: User) -> QuerySet[Clarification]:
    """What clusters are being asked in applications that an officer checks, the next to end first."""
    return (
        clarifications_visible_to(user)
        .filter(application__in=to_be_checked_by(user), state=Clarification.State.ASKED)
        .order_by("until")
    )


def open_clarification(application: Application) -> Clarification | None:
    """What the cluster is being asked, where something is; from what was prefetched, if it was."""
    asked = Clarification.State.ASKED
    return next((one for one in application.clarifications.all() if one.state == asked), None)


def clarifications_visible_to(user: User) -> QuerySet[Clarification]:
    """The clarifications of the applications that the person may read."""
    return Clarification.objects.filter(
        application__in=applications_visible_to(user)
    ).select_related("application__cluster", "application__call", "application__country")


@for_system("background work closes what is over")
def clarifications_to_close() -> QuerySet[Clarification]:
    """What is asked although the time has passed, or the application is not what it was."""
    over = (
        Q(until__lt=timezone.now())
        | ~Q(application__state=Application.State.SUBMITTED)
        | Q(application__submitted_at__gt=F("asked_at"))
    )
    return (
        Clarification.objects.filter(over, state=Clarification.State.ASKED)
        .select_related("application")
        .order_by("until")
    )


def items_of(clarification: Clarification) -> QuerySet[ClarificationItem]:
    """The questions that are asked about, with files, in the order of the form; two queries."""
    return clarification.items.select_related("question", "changed_by").prefetch_related("files")


def files_visible_to(user: User) -> QuerySet[ClarificationFile]:
    """Files of clarifications: the cluster's own, and for staff what was sent or came too late."""
    visible = clarifications_visible_to(user)
    own = represented_by(user)
    mine = Q(item__clarification__application__cluster__in=own)
    closed = ~Q(item__clarification__state=Clarification.State.ASKED)
    return ClarificationFile.objects.filter(
        mine | closed, item__clarification__in=visible
    ).select_related("item__clarification__application__cluster", "item__question")


def items_visible_to(user: User) -> QuerySet[ClarificationItem]:
    """The questions asked about in clarifications that the person may read."""
    return ClarificationItem.objects.filter(clarification__in=clarifications_visible_to(user))
