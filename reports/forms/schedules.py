"""A schedule of reports, as a coordinator sets and changes it."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from clusters.models import Country
from clusters.queries import countries_reached_by
from inputs.forms.fields import WholeField
from lists.forms import FilterDay
from reports.actions import ScheduleTerms
from reports.models import PeriodReport, ReportSchedule
from reports.permissions import is_recused_from_report
from reports.queries import hearers_of, people_who_may_hear
from vouchers.calls.models import Call
from vouchers.calls.queries import calls_visible_to

AT_ONCE, LOOK = "at_once", "look"


class ScheduleTermsForm(forms.Form):
    """What of a schedule may be changed later: the day, the end, how it is sent, and who hears."""

    due_day = WholeField(
        label=_("Day of the month after the period"),
        min_value=1,
        max_value=31,
        initial=5,
        help_text=_("In a month without this day, its last one counts."),
    )
    ends_on = FilterDay(
        label=pgettext_lazy("a schedule", "Until"),
        help_text=_("The last day on which a report falls due. Empty: until somebody ends it."),
    )
    sending = forms.ChoiceField(
        label=_("Once a report falls due"),
        choices=[
            (LOOK, _("It waits for my look: a coordinator adds paragraphs and issues it")),
            (AT_ONCE, _("It is issued in my name and sent at once")),
        ],
        initial=LOOK,
        widget=forms.RadioSelect,
        help_text=_(
            "Paragraphs that you write for a call stand in every report of this kind: while there are"
            " any, each waits for your look all the same."
        ),
    )
    hearers = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Who hears of it"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Each is sent a link to the report in their own language, while they may read it."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["hearers"].queryset = people_who_may_hear()

    @property
    def terms(self) -> ScheduleTerms:
        """What was typed, once it is valid."""
        typed = self.cleaned_data
        return ScheduleTerms(
            due_day=typed["due_day"],
            ends_on=typed["ends_on"],
            sends_at_once=typed["sending"] == AT_ONCE,
            hearers=list(typed["hearers"]),
        )


class ScheduleChangeForm(ScheduleTermsForm):
    """The terms of a schedule that there is; `seen` is its version that the person had before them."""

    seen = WholeField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, schedule: ReportSchedule, **kwargs: Any) -> None:
        stands = {
            "due_day": schedule.due_day,
            "ends_on": schedule.ends_on,
            "sending": AT_ONCE if schedule.sends_at_once else LOOK,
            "hearers": hearers_of(schedule),
            "seen": schedule.version,
        }
        super().__init__(*args, initial=stands, **kwargs)
        fields: dict[str, Any] = self.fields
        # Who hears of it and may read nothing today stays until somebody takes them away.
        fields["hearers"].queryset = people_who_may_hear(schedule)

    def now_seen(self, version: int) -> None:
        """The person is told of this version, and has it before them from now on."""
        typed = cast("QueryDict", self.data).copy()
        typed["seen"] = str(version)
        self.data = typed


class ScheduleForm(ScheduleTermsForm):
    """A new schedule: of which report, of what, how often and since when, with its terms."""

    kind = forms.ChoiceField(label=_("Report"), choices=PeriodReport.Kind.choices)
    call = forms.ModelChoiceField(Call.objects.none(), label=_("Call"), to_field_name="slug")
    country = forms.ModelChoiceField(
        Country.objects.none(),
        label=_("Country"),
        required=False,
        empty_label=_("All countries"),
        help_text=_("Progress is reported of one country."),
    )
    frequency = forms.ChoiceField(label=_("How often"), choices=ReportSchedule.Frequency.choices)
    starts_on = FilterDay(
        label=pgettext_lazy("a schedule", "From"),
        required=True,
        help_text=_("The first day on which a report may fall due."),
    )

    field_order = (
        *("kind", "call", "country", "frequency", "due_day", "starts_on", "ends_on"),
        *("sending", "hearers"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        fields: dict[str, Any] = self.fields
        calls = calls_visible_to(user).exclude(state=Call.State.DRAFT)
        fields["call"].queryset = calls.order_by("-year", "-pk")
        fields["country"].queryset = Country.objects.filter(pk__in=countries_reached_by(user))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        is_progress = typed.get("kind") == PeriodReport.Kind.PROGRESS
        if is_progress and "country" in typed and not typed["country"]:
            self.add_error("country", _("Choose the country whose progress is reported."))
        elif typed.get("call") and "country" in typed:
            self._require_no_conflict(typed)
        return typed

    def _require_no_conflict(self, typed: dict[str, Any]) -> None:
        asked = ReportSchedule(call=typed["call"], country=typed["country"])
        if is_recused_from_report.test(self.user, asked):
            self.add_error(
                "call",
                _(
                    "A conflict of interest shuts you out of an application that this report tells"
                    " of: choose another call or country, or let another coordinator set it."
                ),
            )

    @property
    def chosen(self) -> dict[str, Any]:
        """What `set_schedule` takes, once the form is valid."""
        fixed = {name: self.cleaned_data[name] for name in _FIXED}
        return {**fixed, "terms": self.terms}


_FIXED = ("call", "kind", "country", "frequency", "starts_on")
