"""Writes about assignments that do not go as planned: declining, more time, somebody else."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.models import Country
from notices.actions import notify
from records.acting import Refused, action, require
from records.states import judged, locked, move, require_state
from vouchers.applications.letters import application_facts
from vouchers.applications.queries import officers_told_of
from vouchers.scoring.models import AssessorProfile, Assignment
from vouchers.scoring.permissions import may_assign, may_declare

from .assigning import assign_assessor, release_assessor
from .closing import require_round_open

OPEN_STATES = (Assignment.State.ASSIGNED, Assignment.State.CLEARED)
# Whoever is replaced from one of these keeps the state, which says why.
GONE_STATES = (
    Assignment.State.CONFLICTED,
    Assignment.State.DECLINED,
    Assignment.State.RELEASED,
)


@action(gettext_lazy("Assignment declined"))
def decline_assignment(assignment: Assignment, *, reason: str, by: User) -> Assignment:
    """An assessor gives an assignment back; the partner is told to ask somebody else.

    Raises Refused without a reason, OutOfOrder once the scores are submitted.
    """
    assignment = judged(assignment, may_declare, by=by)
    if not reason.strip():
        raise Refused(_("Say in a few words why you cannot score the application."))
    move(assignment, Assignment.State.DECLINED)
    assignment.decline_reason = reason
    assignment.save()
    application = assignment.application
    for officer in officers_told_of(application).exclude(pk=by.pk):
        notify(
            officer,
            "scoring-declined",
            facts={**application_facts(application), "assessor": str(by), "reason": reason},
            url=reverse("scoring:application", args=[application.pk]),
            about=application,
        )
    return assignment


@action(gettext_lazy("More time given"))
def extend_assignment(
    assignment: Assignment, *, due_at: datetime, reason: str, by: User
) -> Assignment:
    """Give one assessor until another instant (UTC), and tell them.

    Raises Refused for an instant that has passed, TooLate once the scoring is closed.
    """
    assignment = locked(assignment)
    require(may_assign, by, assignment.application)
    require_round_open(assignment.application.call)
    if due_at <= timezone.now():
        raise Refused(_("The last day of scoring must lie ahead."))
    require_state(assignment, *OPEN_STATES)
    assignment.due_at = due_at
    assignment.save()
    notify(
        assignment.assessor,
        "scoring-extended",
        facts={
            **application_facts(assignment.application),
            "due_at": due_at.isoformat(),
            "time_zone": assignment.assessor.time_zone,
        },
        about=assignment,
    )
    return assignment


@action(gettext_lazy("Assessor replaced"))
def replace_assessor(
    assignment: Assignment, assessor: User, *, reason: str, by: User
) -> Assignment:
    """Ask somebody else in place of one who declined, has a conflict, or has not scored.

    Whoever had the assignment still is released from it. Raises Refused when a replacement was
    asked already or the new person cannot score the application, OutOfOrder once it is scored.
    """
    assignment = locked(assignment)
    require(may_assign, by, assignment.application)
    require_state(assignment, *OPEN_STATES, *GONE_STATES)
    if Assignment.objects.filter(replaces=assignment).exists():
        raise Refused(_("Somebody was asked in their place already."))
    if assignment.state in OPEN_STATES:
        release_assessor(assignment, by=by, reason=reason)
    made = assign_assessor(assignment.application, assessor, by=by)
    made.replaces, made.is_third = assignment, assignment.is_third
    made.save()
    return made


@action(gettext_lazy("Profile of an assessor changed"))
def set_profile(
    *,
    organisation: str,
    country: Country | None,
    languages: list[str],
    sectors: list[str],
    capacity: int | None,
    by: User,
) -> AssessorProfile:
    """Keep what somebody can judge; everybody writes their own. Raises ValidationError."""
    profile = AssessorProfile.objects.filter(user=by).first() or AssessorProfile(user=by)
    profile.organisation, profile.country = organisation, country
    profile.languages, profile.sectors, profile.capacity = languages, sectors, capacity
    profile.full_clean()
    profile.save()
    return profile
