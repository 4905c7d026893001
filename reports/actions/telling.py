"""Telling people of a report that was made by a schedule: a link to it, and no figure of it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, override

from accounts.models import User
from conduct.actions import action, constraints_of, locked, move
from conduct.queries.days import today
from documents.models import Document
from documents.queries import documents_about
from documents.wording import country_of_zone, for_readers_in
from jobs.actions.trouble import for_each
from notices.actions import NoticeDraft, notify_many
from reports.models import Hearing, ScheduledReport
from reports.permissions import may_set_schedule
from reports.queries import hearers_of, readers_among, runs_to_tell, setters_of
from reports.wording import period_in_words


@action(gettext_lazy("People told of a report"))
def tell_of_report(run: ScheduledReport, *, by: User | None) -> bool:
    """Tell who hears of an issued report and may read it at this moment; whether this call did.

    Those who may not are told nothing, which is kept beside their names.
    """
    run = locked(run)
    if not run.is_issued or run.report is None:
        return False
    files = documents_about(run.report).filter(validity=Document.Validity.CURRENT)
    by_language = {one.language: one for one in files if one.is_ready}
    if not by_language:
        return False
    people = hearers_of(run.schedule)
    told = readers_among(people, run.report)
    notify_many([_draft(run, person, by_language) for person in people if person in told])
    with constraints_of(Hearing):
        Hearing.objects.bulk_create(
            Hearing(run=run, person=person, was_told=person in told) for person in people
        )
    move(run, ScheduledReport.State.SENT)
    run.sent_at = timezone.now()
    run.save(update_fields=["state", "sent_at"])
    return True


def tell_of_reports() -> int:
    """Tell of everything whose files are made; of how many reports. One error stops no other."""
    return for_each("report_mails", runs_to_tell(), lambda one: tell_of_report(one, by=None))


def tell_who_looks(run: ScheduledReport) -> None:
    """Tell who had set the schedule that a report waits for a look.

    Where they may not issue it any more, everybody is told who may.
    """
    setter = run.set_by
    still_may = setter.is_active and may_set_schedule.test(setter, run.schedule)
    notify_many(
        [
            NoticeDraft(
                person,
                "scheduled-report-waits",
                {**_facts(run, person), "held_because": run.held_because},
                run.get_absolute_url(),
                about=run.schedule,
                key=f"report-waits-{run.pk}",
            )
            for person in ([setter] if still_may else setters_of(run.schedule))
        ]
    )


def _draft(run: ScheduledReport, person: User, by_language: dict[str, Document]) -> NoticeDraft:
    document = by_language.get(person.language) or next(iter(by_language.values()))
    return NoticeDraft(
        person,
        "scheduled-report-made",
        _facts(run, person),
        reverse("reports:report", args=[document.pk]),
        about=run.report,
        key=f"report-made-{run.pk}",
    )


def _facts(run: ScheduledReport, person: User) -> dict[str, Any]:
    """Which report it is, in the language of the reader; nothing of what it says."""
    schedule = run.schedule
    with override(person.language), for_readers_in(country_of_zone(person.time_zone)):
        return {
            "report": str(schedule.get_kind_display()),
            "call": str(schedule.call),
            "country": str(schedule.country) if schedule.country_id else "",
            "period": period_in_words(run.first, run.last),
            "due": run.due_on.isoformat(),
            "days_late": max(0, (today() - run.due_on).days),
        }
