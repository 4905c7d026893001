"""Which drafts are still to be reminded of the deadline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from conduct.queries.scoping import for_system
from notices.models import Notice
from vouchers.applications.models import Application
from vouchers.calls.models import Call
from vouchers.calls.queries import accepting_calls
from vouchers.correspondence.rules.reminders import Reminder, reminder_at


def calls_with_reminder(now: datetime) -> Iterator[tuple[Call, Reminder]]:
    """The calls that accept applications, each with the reminder that is due; one query."""
    for call in accepting_calls():
        reminder = reminder_at(call.deadline, now)
        if reminder is not None:
            yield call, reminder


@for_system("background work reminds of deadlines")
def drafts_not_reminded(call: Call, reminder: Reminder) -> QuerySet[Application]:
    """Drafts that were there when the reminder fell due, and got none yet."""
    told = Notice.objects.filter(
        content_type=ContentType.objects.get_for_model(Application),
        kind=reminder.kind,
        key__startswith=reminder_key(call, "", reminder),
    ).values_list("object_id", flat=True)
    return (
        Application.objects.filter(
            call=call,
            state=Application.State.DRAFT,
            started_at__lte=call.deadline - reminder.before,
        )
        .exclude(pk__in=[int(pk) for pk in told])
        .select_related("call", "cluster__country")
        .order_by("pk")
    )


def reminder_key(call: Call, application_id: int | str, reminder: Reminder) -> str:
    """What tells a reminder of a draft from any other; with an empty id, of all drafts of the call."""
    return f"deadline-{call.pk}-{call.deadline:%Y%m%d%H%M}-{reminder.hours}h-{application_id}"
