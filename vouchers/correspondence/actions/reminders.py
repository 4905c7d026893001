"""Reminders before the deadline, to those whose draft is not sent: each once, whatever is repeated."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.queries import writers_for
from conduct.actions import action, locked
from jobs.actions.trouble import for_each
from notices.actions import notify
from vouchers.applications.actions import problems_before_sending
from vouchers.applications.models import Application
from vouchers.correspondence.queries.reminders import (
    calls_with_reminder,
    drafts_not_reminded,
    reminder_key,
)
from vouchers.correspondence.rules.reminders import Reminder

# A message names so much of what is missing, and how much more there is.
NAMED = 8


def remind_of_deadlines(now: datetime | None = None) -> int:
    """Write the reminders that are due; to how many drafts. One that fails does not stop the rest."""
    now = now or timezone.now()
    return sum(
        for_each(
            "deadline_reminders",
            drafts_not_reminded(call, reminder),
            partial(remind_of_deadline, reminder=reminder),
        )
        for call, reminder in calls_with_reminder(now)
    )


@action(_("Reminder of the deadline"))
def remind_of_deadline(application: Application, *, reminder: Reminder) -> bool:
    """Tell the draft's writers how long they have and what is missing; whether it still was a draft.

    The key bears the deadline: after an extension the reminders come again.
    """
    application = locked(application)
    if not application.is_draft:
        return False
    for person in writers_for(application.cluster).distinct():
        notify(
            person,
            reminder.kind,
            facts=_facts(application, reminder, person),
            url=reverse("applications:edit", args=[application.pk]),
            about=application,
            key=reminder_key(application.call, application.pk, reminder),
        )
    return True


def _facts(application: Application, reminder: Reminder, person: User) -> dict[str, object]:
    with translation.override(person.language):
        missing = problems_before_sending(application)
        call = str(application.call)
    return {
        "call": call,
        "cluster": application.cluster.name,
        "deadline": application.call.deadline.isoformat(),
        "time_zone": person.time_zone,
        "days": reminder.before.days if reminder.hours > 24 else 0,
        "hours": reminder.hours,
        "missing": missing[:NAMED],
        "more": max(0, len(missing) - NAMED),
    }
