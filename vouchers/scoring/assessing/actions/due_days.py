"""Writes about until when is scored: the day of a whole call, more time for one assessor."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import Refused, action, judged, locked, require, require_state
from notices.actions import notify
from vouchers.applications.letters import application_facts
from vouchers.calls.models import Call
from vouchers.scoring.assessing.models import Assignment
from vouchers.scoring.assessing.permissions import may_assign
from vouchers.scoring.rounds.actions import open_round_of, require_round_open
from vouchers.scoring.rounds.models import ScoringRound
from vouchers.scoring.rounds.permissions import may_close_scoring

from .assignments import OPEN_STATES
from .reminders import still_scores


@action(gettext_lazy("Last day of scoring set"))
def set_scoring_due(call: Call, due_at: datetime, *, reason: str, by: User) -> ScoringRound:
    """Set until when (UTC) assessors score; who has longer than that by a day of their own keeps it.

    Raises Refused for an instant that has passed, TooLate once the scoring is closed.
    """
    call = judged(call, may_close_scoring, by=by)
    if due_at <= timezone.now():
        raise Refused(_("The last day of scoring must lie ahead."))
    # Whoever scores holds the assignment before the round: so does this.
    concerned = Assignment.objects.filter(application__call=call)
    list(concerned.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))
    scoring_round = locked(open_round_of(call))
    Assignment.objects.filter(
        Q(due_at=scoring_round.due_at) | Q(due_at__lt=due_at), application__call=call
    ).update(due_at=due_at)
    scoring_round.due_at = due_at
    scoring_round.save()
    return scoring_round


@action(gettext_lazy("More time given"))
def extend_assignment(
    assignment: Assignment, *, due_at: datetime, reason: str, by: User
) -> Assignment:
    """Give one assessor until another instant (UTC), and notify them.

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
    if not still_scores(assignment):
        return assignment
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
