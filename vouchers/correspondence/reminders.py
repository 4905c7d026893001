"""Reminders before the deadline, to those whose draft is not sent: each once, whatever is repeated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.queries import writers_for
from jobs.trouble import for_each
from notices.actions import notify
from notices.models import Notice
from records.acting import action
from records.states import locked
from vouchers.applications.actions import problems_before_sending
from vouchers.applications.models import Application
from vouchers.calls.models import Call
from vouchers.calls.queries import accepting_calls

# A message names so much of what is missing, and how much more there is.
NAMED = 8


@dataclass(frozen=True)
class Step:
    """One reminder: how long before the deadline, and the kind of message."""

    before: timedelta
    kind: str

    @property
    def hours(self) -> int:
        return int(self.before.total_seconds() // 3600)


# The last two cannot wait for anybody's daily e-mail.
STEPS = [
    Step(timedelta(days=14), "deadline-coming"),
    Step(timedelta(days=7), "deadline-coming"),
    Step(timedelta(days=2), "deadline-coming"),
    Step(timedelta(hours=24), "deadline-near"),
    Step(timedelta(hours=3), "deadline-near"),
]


def step_at(deadline: datetime, now: datetime) -> Step | None:
    """The reminder whose time came last before `now`; None before the first and after the deadline.

    Whoever was away while several fell due is reminded once, not of each.
    """
    if now >= deadline:
        return None
    due = [step for step in STEPS if deadline - step.before <= now]
    return due[-1] if due else None


def remind_of_deadlines(now: datetime | None = None) -> int:
    """Write the reminders that are due; to how many drafts. One that fails does not stop the rest."""
    now = now or timezone.now()
    return sum(
        for_each(
            "deadline_reminders",
            _drafts_not_reminded(call, step),
            partial(remind_of_deadline, step=step),
        )
        for call, step in _calls_with_step(now)
    )


@action(_("Reminder of the deadline"))
def remind_of_deadline(application: Application, *, step: Step) -> bool:
    """Tell the draft's writers how long they have and what is missing; whether it still was a draft.

    The key bears the deadline: after an extension the reminders come again.
    """
    application = locked(application)
    if not application.is_draft:
        return False
    for person in writers_for(application.cluster).distinct():
        notify(
            person,
            step.kind,
            facts=_facts(application, step, person),
            url=reverse("applications:edit", args=[application.pk]),
            about=application,
            key=_key(application.call, application.pk, step),
        )
    return True


def _calls_with_step(now: datetime) -> Iterator[tuple[Call, Step]]:
    for call in accepting_calls():
        step = step_at(call.deadline, now)
        if step is not None:
            yield call, step


def _drafts_not_reminded(call: Call, step: Step) -> QuerySet[Application]:
    """Drafts that were there when the reminder fell due, and got none yet."""
    told = Notice.objects.filter(
        content_type=ContentType.objects.get_for_model(Application),
        kind=step.kind,
        key__startswith=_key(call, "", step),
    ).values_list("object_id", flat=True)
    return (
        Application.objects.filter(
            call=call,
            state=Application.State.DRAFT,
            started_at__lte=call.deadline - step.before,
        )
        .exclude(pk__in=[int(pk) for pk in told])
        .select_related("call", "cluster__country")
        .order_by("pk")
    )


def _key(call: Call, application_id: int | str, step: Step) -> str:
    return f"deadline-{call.pk}-{call.deadline:%Y%m%d%H%M}-{step.hours}h-{application_id}"


def _facts(application: Application, step: Step, person: User) -> dict[str, object]:
    with translation.override(person.language):
        missing = problems_before_sending(application)
        call = str(application.call)
    return {
        "call": call,
        "cluster": application.cluster.name,
        "deadline": application.call.deadline.isoformat(),
        "time_zone": person.time_zone,
        "days": step.before.days if step.hours > 24 else 0,
        "hours": step.hours,
        "missing": missing[:NAMED],
        "more": max(0, len(missing) - NAMED),
    }
