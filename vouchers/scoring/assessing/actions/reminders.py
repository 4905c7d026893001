"""Reminders of assessments that are due, and word to the partner of those that are late; each once."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conduct.actions import action, judged, locked
from conduct.queries.days import today
from jobs.actions.trouble import for_each
from notices.actions import notify
from vouchers.applications.letters import application_facts
from vouchers.applications.models import Application
from vouchers.applications.queries import officers_told_of
from vouchers.scoring.assessing.models import Assignment
from vouchers.scoring.assessing.permissions import may_assign
from vouchers.scoring.assessing.queries.assignments import assignments_to_score
from vouchers.scoring.rounds.actions import require_round_open

# So long before its last instant an assessment that is not submitted is reminded of.
REMINDED = (timedelta(days=3), timedelta(days=1))


def remind_of_assessments(now: datetime | None = None) -> int:
    """Write what is due; about how many assignments. One that fails does not stop the rest."""
    now = now or timezone.now()
    return for_each(
        "assessment_reminders",
        due_before(now + max(REMINDED)),
        partial(remind_of_assessment, now=now),
    )


def due_before(moment: datetime) -> QuerySet[Assignment]:
    """The assignments still to be scored whose last instant comes before `moment`, soonest first."""
    return assignments_to_score().filter(due_at__lte=moment).order_by("due_at", "pk")


@action(_("Reminder of an assessment"))
def remind_of_assessment(assignment: Assignment, *, now: datetime) -> bool:
    """Tell the assessor, or the partner's officers once it is late; whether there was something new.

    The key bears the last instant: after more time was given, the reminders come again.
    """
    assignment = locked(assignment)
    if assignment.state not in (Assignment.State.ASSIGNED, Assignment.State.CLEARED):
        return False
    if now > assignment.due_at:
        return _tell_officers(assignment)
    passed = [before for before in REMINDED if now >= assignment.due_at - before]
    return bool(passed) and _tell(assignment.assessor, assignment, "scoring-due", min(passed).days)


@action(_("Late assessors reminded"))
def remind_late_assessors(application: Application, *, by: User) -> bool:
    """Ask everybody whose assessment of the application is late for it; whether anybody was asked.

    Nobody is asked twice on one day, whoever presses. Raises NotAllowed, and OutOfOrder once the
    application is decided or the scoring is closed.
    """
    application = judged(application, may_assign, by=by, states=[Application.State.ELIGIBLE])
    require_round_open(application.call)
    late = assignments_to_score().filter(application=application, due_at__lt=timezone.now())
    asked = [
        _tell(one.assessor, one, "scoring-overdue", today().toordinal())
        for one in late.select_for_update(of=("self",), no_key=True).order_by("pk")
    ]
    return any(asked)


def _tell_officers(assignment: Assignment) -> bool:
    officers = officers_told_of(assignment.application)
    written = [_tell(officer, assignment, "scoring-late", 0) for officer in officers]
    return any(written)


def _tell(person: User, assignment: Assignment, kind: str, days: int) -> bool:
    key = f"{kind}-{assignment.pk}-{assignment.due_at:%Y%m%d%H%M}-{days}"
    if person.notices.filter(key=key).exists():
        return False
    application = assignment.application
    notify(
        person,
        kind,
        facts={
            **application_facts(application),
            "assessor": str(assignment.assessor),
            "due_at": assignment.due_at.isoformat(),
            "time_zone": person.time_zone,
        },
        url=reverse("scoring:application", args=[application.pk]) if kind == "scoring-late" else "",
        about=assignment,
        key=key,
    )
    return True
