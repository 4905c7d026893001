"""The reports that fell due by a schedule: what became of each, and who was told."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import append_only, fixed, never_deleted, refuses
from conduct.models.states import Flow, States, Tone, follows_its_flow
from jobs.models import Job

from .periods import PeriodReport
from .schedules import ReportSchedule

_SCHEDULE = "FROM reports_reportschedule schedule WHERE schedule.id = NEW.schedule_id"
_NOT_RUNNING = f"(SELECT schedule.state {_SCHEDULE}) <> 'running'"
_NOT_ITS_PERIOD = f"""
    EXISTS (SELECT {_SCHEDULE} AND (
        NEW.first <> date_trunc(
            CASE schedule.frequency WHEN 'monthly' THEN 'month' ELSE 'quarter' END, NEW.first)::date
        OR NEW.last <> (NEW.first + CASE schedule.frequency
            WHEN 'monthly' THEN interval '1 month' ELSE interval '3 months' END
            - interval '1 day')::date
    ))
"""
_NOT_OVER = f"NEW.last >= (NEW.laid_at AT TIME ZONE '{settings.PROGRAMME_TIME_ZONE}')::date"
_MADE_BEFORE = """
    EXISTS (
        SELECT FROM reports_scheduledreport run
        JOIN reports_reportschedule earlier ON earlier.id = run.schedule_id
        JOIN reports_reportschedule schedule ON schedule.id = NEW.schedule_id
        WHERE earlier.id <> schedule.id AND (run.first, run.last) = (NEW.first, NEW.last)
        AND (earlier.kind, earlier.call_id) = (schedule.kind, schedule.call_id)
        AND earlier.country_id IS NOT DISTINCT FROM schedule.country_id
    )
"""
_ANOTHER_REPORT = """
    NEW.report_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM reports_periodreport report, reports_reportschedule schedule
        WHERE report.id = NEW.report_id AND schedule.id = NEW.schedule_id
        AND (report.kind, report.call_id, report.first, report.last)
            = (schedule.kind, schedule.call_id, NEW.first, NEW.last)
        AND report.country_id IS NOT DISTINCT FROM schedule.country_id
    )
"""


@follows_its_flow
@pghistory.track(
    # The rest is the worker's business, not history.
    exclude=["attempts", "last_error", "next_attempt_at", "no_space_since"]
)
class ScheduledReport(Job):
    """A period whose report fell due by a schedule; each is made once, whatever dies meanwhile.

    A worker prepares it: it waits for the look of a coordinator, or is issued at once. Who hears of it
    is told once its files are made. `entries` is the number of the newest entry of the call's
    books when it was prepared. `sends_at_once` and `set_by` are those of the schedule when it fell
    due: what is due by then is made as it was set.
    """

    class State(States):
        PENDING = "pending", Tone.WAITING, _("being prepared")
        WAITING = "waiting", Tone.WAITING, _("waits for a coordinator’s look")
        ISSUED = "issued", Tone.WAITING, _("issued, its files are being made")
        SENT = "sent", Tone.GOOD, pgettext_lazy("a report", "sent")
        PASSED = "passed", Tone.QUIET, _("passed over")
        FAILED = "failed", Tone.BAD, _("could not be made")

    class Held(models.TextChoices):
        """Why a report waits for a look that was to be sent at once."""

        ISSUER = "issuer", _("whoever set it may issue it no longer")
        PARAGRAPHS = "paragraphs", _("the call has paragraphs of its own")

    FLOW = Flow(
        {
            State.PENDING: [State.WAITING, State.ISSUED, State.FAILED],
            State.FAILED: [State.PENDING, State.PASSED],
            State.WAITING: [State.ISSUED, State.PASSED],
            State.ISSUED: [State.SENT, State.PASSED],
        }
    )
    LOCKED_AFTER = ("schedule",)

    schedule = models.ForeignKey(ReportSchedule, on_delete=models.PROTECT, related_name="runs")
    first = models.DateField(pgettext_lazy("a period", "from"))
    last = models.DateField(pgettext_lazy("a period", "until"))
    due_on = models.DateField(_("due"))
    laid_at = models.DateTimeField(_("fell due"), default=timezone.now)
    sends_at_once = models.BooleanField(_("sent at once"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("a schedule", "set by"),
    )
    state = models.CharField(
        _("state"), max_length=7, choices=State.choices, default=State.PENDING, editable=False
    )
    prepared_at = models.DateTimeField(_("prepared"), null=True)
    entries = models.PositiveIntegerField(_("entries of the ledger"), null=True)
    held_because = models.CharField(
        _("why it waits all the same"), max_length=10, choices=Held.choices, blank=True
    )
    report = models.ForeignKey(
        PeriodReport,
        on_delete=models.PROTECT,
        null=True,
        related_name="runs",
        verbose_name=_("report"),
    )
    sent_at = models.DateTimeField(pgettext_lazy("a report", "sent"), null=True)
    passed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    passed_because = models.TextField(_("why it was passed over"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("report that fell due")
        verbose_name_plural = _("reports that fell due")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "first", "last"],
                name="a_period_falls_due_once",
                violation_error_message=_("The report of this period is made already. Look at it."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("last"), last__gt=F("first")),
                name="a_report_is_due_after_its_period",
                violation_error_message=_("A report is due after its period."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["issued", "sent"])
                | Q(report__isnull=False, prepared_at__isnull=False),
                name="what_is_sent_was_issued",
                violation_error_message=_("It is issued before anybody is told of it."),
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
                name="what_is_sent_says_when",
                violation_error_message=_("It is sent at an instant."),
            ),
            models.CheckConstraint(
                condition=Q(state="passed", passed_by__isnull=False, passed_because__regex=r"\S")
                | (~Q(state="passed") & Q(passed_by=None, passed_because="")),
                name="who_passes_a_report_over_says_why",
                violation_error_message=_("Say why the report is passed over."),
            ),
        ]
        indexes = [
            # What the sweeper looks for.
            models.Index(
                fields=["next_attempt_at"], condition=Q(state="pending"), name="reports_to_prepare"
            ),
            models.Index(
                fields=["due_on"],
                condition=Q(state__in=["waiting", "issued", "failed"]),
                name="reports_to_look_at",
            ),
        ]
        triggers = [
            fixed("schedule", "first", "last", "due_on", "laid_at", "sends_at_once", "set_by"),
            never_deleted(),
            refuses(
                "nothing_falls_due_unless_running",
                pgtrigger.Insert,
                _NOT_RUNNING,
                "Nothing falls due by a schedule that is paused or ended.",
            ),
            refuses(
                "of_a_period_of_its_schedule",
                pgtrigger.Insert,
                _NOT_ITS_PERIOD,
                "A schedule reports whole months or whole quarters.",
            ),
            refuses(
                "of_a_period_that_is_over",
                pgtrigger.Insert,
                _NOT_OVER,
                "A report falls due once its period is over.",
            ),
            refuses(
                "of_a_period_not_made_before",
                pgtrigger.Insert,
                _MADE_BEFORE,
                "The report of this period was made by an earlier schedule.",
            ),
            refuses(
                "issued_of_its_own_period",
                pgtrigger.Insert | pgtrigger.Update,
                _ANOTHER_REPORT,
                "What is issued by a schedule is the report of that very period.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schedule_id}: {self.first:%Y-%m-%d} – {self.last:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("reports:due", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def lacks_issuer(self) -> bool:
        return self.held_because == self.Held.ISSUER

    @property
    def has_paragraphs(self) -> bool:
        return self.held_because == self.Held.PARAGRAPHS

    @property
    def is_issued(self) -> bool:
        return self.state == self.State.ISSUED

    @property
    def is_sent(self) -> bool:
        return self.state == self.State.SENT

    @property
    def is_passed(self) -> bool:
        return self.state == self.State.PASSED

    @property
    def asked(self) -> PeriodReport:
        """The report of the period, as it would be issued by who had set the schedule; not saved."""
        schedule = self.schedule
        return PeriodReport(
            kind=schedule.kind,
            call=schedule.call,
            country=schedule.country,
            first=self.first,
            last=self.last,
            made_by=self.set_by,
        )


class Hearing(models.Model):
    """That a person was told of a report, or was not, since they might not read it at that moment."""

    run = models.ForeignKey(ScheduledReport, on_delete=models.PROTECT, related_name="hearings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    was_told = models.BooleanField(_("told"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("person told of a report")
        verbose_name_plural = _("people told of a report")
        constraints = [
            models.UniqueConstraint(
                fields=["run", "person"],
                name="a_person_is_told_once",
                violation_error_message=_("This person was told of it already."),
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return str(self.person)
