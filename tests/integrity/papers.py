"""Letters, wordings and reports for the statements about them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from conduct.queries.days import today
from demonstration.clock import noon, on
from documents.actions import start_batch
from reports.actions import ScheduleTerms, issue_financial_report, pause_schedule, set_schedule
from reports.actions.due import let_fall_due
from reports.actions.preparing import REPORTS
from reports.models import Hearing
from texts.actions import TextPlace, save_wording
from texts.kinds import Family, kinds_of
from vouchers.awards.models import Decision
from vouchers.calls.models import Call


def papers_of(decision: Decision, coordinator: User) -> dict[str, Any]:
    """A batch of letters of the decision's round, an own wording, and a report of its call."""
    call = decision.application.call
    batch = start_batch(decision.selection_round, ["award"], by=coordinator)
    own_text = save_wording(
        TextPlace(kinds_of(Family.MAIL)["award-offered"], "en", call),
        {"subject": "Good news"},
        seen=0,
        by=coordinator,
    )
    issued = issue_financial_report(
        call,
        country=decision.application.country,
        first=today() - timedelta(days=90),
        last=today(),
        by=coordinator,
    )
    return {
        "letter_batch": batch,
        "batched_letter": batch.letters.first(),
        "own_text": own_text.text,
        "text_version": own_text,
        "period_report": issued["en"].about,
        **_scheduled(call, coordinator),
    }


def _scheduled(call: Call, coordinator: User) -> dict[str, Any]:
    """A schedule of reports by which one fell due that was sent, and one that waits for a look."""
    whole = {"kind": "financial", "frequency": "monthly", "country": None, "call": call}
    with on(noon(-40)):
        schedule = set_schedule(
            **whole,
            starts_on=today(),
            terms=ScheduleTerms(due_day=1, ends_on=None, sends_at_once=True, hearers=[coordinator]),
            by=coordinator,
        )
    let_fall_due(schedule, by=None)
    run = schedule.runs.first()
    REPORTS.conduct(run.pk)
    # As if its files were made: of letters nothing is rendered in this world.
    schedule.runs.filter(pk=run.pk).update(state="sent", sent_at=timezone.now())
    Hearing.objects.create(run=run, person=coordinator, was_told=True)
    with on(noon(-1)):
        paused = set_schedule(
            **{**whole, "frequency": "quarterly"},
            starts_on=today(),
            terms=ScheduleTerms(
                due_day=1, ends_on=None, sends_at_once=False, hearers=[coordinator]
            ),
            by=coordinator,
        )
        pause_schedule(paused, by=coordinator)
    return {
        "schedule": schedule,
        "paused_schedule": paused,
        "hearer": schedule.hearers.get(),
        "scheduled_report": run,
        "hearing": run.hearings.get(),
    }
