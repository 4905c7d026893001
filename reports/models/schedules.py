"""Schedules: which report is made of every month or quarter, when, and who hears of it."""

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

from conduct.models.guards import fixed, frozen_in, never_deleted, refuses, written_once
from conduct.models.states import Flow, States, Tone, follows_its_flow

from .periods import NOT_IN_THE_CALL, PeriodReport

# The first period begins as one does, and the month after it is not over when the schedule starts.
_NOT_ITS_FIRST_PERIOD = """
    NEW.reports_from <> date_trunc(
        CASE NEW.frequency WHEN 'monthly' THEN 'month' ELSE 'quarter' END, NEW.reports_from)::date
    OR (NEW.reports_from + CASE NEW.frequency
        WHEN 'monthly' THEN interval '1 month' ELSE interval '3 months' END)::date
        < date_trunc('month', NEW.starts_on)::date
"""


@follows_its_flow
@pghistory.track()
class ReportSchedule(models.Model):
    """That a report of a call (`country` is None), or of a country in it, is made of every period.

    It is due on the day `due_day` of the month after the period (`reports.rules.schedules`), from
    `starts_on` until `ends_on` (both included; None: until somebody ends it). `reports_from` is the
    first day of the first period that is made: it is chosen by the days on which the schedule was set
    or resumed, and stays when another day of the month is chosen.
    """

    class Frequency(models.TextChoices):
        MONTHLY = "monthly", _("every month")
        QUARTERLY = "quarterly", _("every quarter")

    class State(States):
        RUNNING = "running", Tone.GOOD, pgettext_lazy("a schedule", "running")
        PAUSED = "paused", Tone.WAITING, pgettext_lazy("a schedule", "paused")
        ENDED = "ended", Tone.QUIET, pgettext_lazy("a schedule", "ended")

    FLOW = Flow(
        {
            State.RUNNING: [State.PAUSED, State.ENDED],
            State.PAUSED: [State.RUNNING, State.ENDED],
        }
    )

    kind = models.CharField(_("report"), max_length=9, choices=PeriodReport.Kind.choices)
    call = models.ForeignKey(
        "vouchers.Call", on_delete=models.PROTECT, related_name="+", verbose_name=_("call")
    )
    country = models.ForeignKey(
        "clusters.Country",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("country"),
    )
    frequency = models.CharField(_("how often"), max_length=9, choices=Frequency.choices)
    due_day = models.PositiveSmallIntegerField(_("day of the month after the period"))
    starts_on = models.DateField(pgettext_lazy("a schedule", "from"))
    ends_on = models.DateField(pgettext_lazy("a schedule", "until"), null=True)
    reports_from = models.DateField(_("first period from"))
    # Otherwise each report waits for the look of a coordinator, who issues it.
    sends_at_once = models.BooleanField(_("sent at once"), default=False)
    state = models.CharField(
        _("state"), max_length=7, choices=State.choices, default=State.RUNNING, editable=False
    )
    # In whose name the reports are issued that are sent at once.
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("a schedule", "set by"),
    )
    set_at = models.DateTimeField(pgettext_lazy("a schedule", "set"), default=timezone.now)
    # Counts its changes, so that nobody changes what somebody else just did, unseen.
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("schedule of reports")
        verbose_name_plural = _("schedules of reports")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "call", "country", "frequency"],
                condition=~Q(state="ended"),
                nulls_distinct=False,
                name="one_schedule_of_a_report",
                violation_error_message=_(
                    "There is such a schedule already: change that one, or end it first."
                ),
            ),
            models.CheckConstraint(
                condition=Q(due_day__gte=1, due_day__lte=31),
                name="a_month_has_days_1_to_31",
                violation_error_message=_("Choose a day from 1 to 31."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="a_schedule_ends_after_it_starts",
                violation_error_message=_("The schedule ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(kind="financial") | Q(kind="progress", country__isnull=False),
                name="progress_is_scheduled_for_a_country",
                violation_error_message=_("Choose the country whose progress is reported."),
            ),
        ]
        triggers = [
            fixed("kind", "call", "country", "frequency", "starts_on"),
            frozen_in("ended"),
            never_deleted(),
            refuses(
                "of_a_country_of_the_call",
                pgtrigger.Insert,
                NOT_IN_THE_CALL,
                "A schedule is of a country that takes part in the call.",
            ),
            refuses(
                "reports_whole_periods_from_its_start",
                pgtrigger.Insert | pgtrigger.Update,
                _NOT_ITS_FIRST_PERIOD,
                "A schedule reports whole months or quarters that are due once it starts.",
            ),
            refuses(
                "takes_no_period_back",
                pgtrigger.Update,
                "NEW.reports_from < OLD.reports_from",
                "A schedule does not go back to a period that it left out.",
            ),
        ]

    def __str__(self) -> str:
        place = f"{self.call} · {self.country}" if self.country_id else str(self.call)
        return f"{self.get_kind_display()} · {place}"

    def get_absolute_url(self) -> str:
        return reverse("reports:schedule", args=[self.pk])

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def is_paused(self) -> bool:
        return self.state == self.State.PAUSED

    @property
    def is_ended(self) -> bool:
        return self.state == self.State.ENDED


@pghistory.track()
class Hearer(models.Model):
    """That a person hears of the reports of a schedule, as long as they may read them.

    `until` says since when they hear of none any more.
    """

    schedule = models.ForeignKey(ReportSchedule, on_delete=models.PROTECT, related_name="hearers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("who hears of it"),
    )
    since = models.DateTimeField(_("hears of it since"), default=timezone.now)
    until = models.DateTimeField(_("heard of it until"), null=True)

    class Meta:
        verbose_name = _("person who hears of a report")
        verbose_name_plural = _("people who hear of a report")
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "person"],
                condition=Q(until=None),
                name="a_person_hears_once",
                violation_error_message=_("This person hears of it already."),
            ),
        ]
        triggers = [fixed("schedule", "person", "since"), written_once("until"), never_deleted()]

    def __str__(self) -> str:
        return str(self.person)
