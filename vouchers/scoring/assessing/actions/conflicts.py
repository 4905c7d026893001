"""Writes about conflicts of interest: what an assessor declares before, or while, scoring."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import action, judged, move, require_words
from notices.actions import notify_each
from vouchers.applications.letters import application_facts
from vouchers.applications.models import Recusal
from vouchers.applications.queries import officers_told_of
from vouchers.scoring.assessing.models import Assessment, Assignment
from vouchers.scoring.assessing.permissions import may_declare
from vouchers.scoring.assessing.queries.conflicts import hints_between
from vouchers.scoring.rounds.actions import require_round_open

from .consensus import review_consensus


@action(gettext_lazy("No conflict of interest declared"))
def declare_no_conflict(assignment: Assignment, *, by: User) -> Assignment:
    """The assessor declares to have no conflict of interest; the content opens to them."""
    assignment = judged(assignment, may_declare, by=by, states=[Assignment.State.ASSIGNED])
    move(assignment, Assignment.State.CLEARED)
    assignment.declared_at, assignment.hints = timezone.now(), _hints(assignment)
    assignment.save()
    Assessment.objects.create(assignment=assignment)
    return assignment


@action(gettext_lazy("Conflict of interest declared"))
def declare_conflict(assignment: Assignment, *, kind: str, conflict: str, by: User) -> Assignment:
    """The assessor declares a conflict of interest, before or while scoring.

    It shuts them out of the application and its files, and the partner is told to reassign. Scores
    that were submitted no longer count. `kind` is a ConflictKind.
    """
    assignment = judged(assignment, may_declare, by=by)
    require_words(conflict, _("Say in a few words what the conflict is."))
    require_round_open(assignment.application.call)
    move(assignment, Assignment.State.CONFLICTED)
    assignment.declared_at = timezone.now()
    assignment.conflict_kind, assignment.conflict = kind, conflict
    assignment.hints = _hints(assignment)
    assignment.save()
    application = assignment.application
    Recusal.objects.create(application=application, person=by, reason=conflict)
    notify_each(
        officers_told_of(application),
        "conflict-declared",
        but=by,
        facts={**application_facts(application), "assessor": str(by)},
        about=application,
    )
    review_consensus(application)
    return assignment


def _hints(assignment: Assignment) -> list[dict[str, str]]:
    """What the data suggest at this moment, as the assignment keeps it for auditors."""
    application, assessor = assignment.application, assignment.assessor
    found = hints_between([assessor], [application])
    return [hint.as_kept() for hint in found.get((application.pk, assessor.pk), [])]
