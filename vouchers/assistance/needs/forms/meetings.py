"""A meeting, the times at which it could be, and who came."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conduct.forms import InstantField, RowFormSet, clock_of
from inputs.forms.fields import WholeField
from inputs.forms.widgets import PlainURLInput
from vouchers.assistance.needs.actions import AttendanceInput
from vouchers.assistance.needs.models import Meeting
from vouchers.assistance.needs.models.meetings import Side

MOST_TIMES = 10
MOST_PEOPLE = 60


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class MeetingForm(forms.ModelForm):
    """What a meeting is about and where it is; its times are rows of their own."""

    link = forms.URLField(
        label=gettext_lazy("Link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=PlainURLInput(attrs={"dir": "ltr"}),
    )

    class Meta:
        model = Meeting
        fields = ("title", "agenda", "place", "link", "minutes")
        widgets = {"agenda": _area(4)}
        field_classes = {"minutes": WholeField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].widget.attrs["dir"] = "auto"
        self.fields["place"].widget.attrs["dir"] = "auto"
        self.fields["place"].help_text = _("A place, a link, or both.")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not values.get("place") and not values.get("link") and "link" not in self.errors:
            self.add_error("place", _("Say where you meet: a place, a link, or both."))
        return values


class TimeForm(forms.Form):
    """One time, on the clock of whoever types it, which its help text names."""

    # A row that is left empty proposes nothing.
    starts_at = InstantField(label=gettext_lazy("Day and time"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_at"].help_text = _("On the clock of %(city)s.") % {
            "city": clock_of(timezone.get_current_timezone())
        }

    def clean_starts_at(self) -> datetime | None:
        instant = self.cleaned_data["starts_at"]
        if instant is not None and instant <= timezone.now():
            raise forms.ValidationError(_("This time is over. Propose one that lies ahead."))
        return instant


class _TimeRows(RowFormSet):
    def clean(self) -> None:
        """At least one time, and none of them twice."""
        times = self.times()
        if not times and not self.total_error_count():
            raise forms.ValidationError(_("Propose at least one time."))
        if len(set(times)) < len(times):
            raise forms.ValidationError(_("Two of the times are the same."))

    def times(self) -> list[datetime]:
        """The instants (UTC) that were typed."""
        return [row["starts_at"] for row in self.rows() if row.get("starts_at")]


TimeFormSet = cast(
    type[_TimeRows], forms.formset_factory(TimeForm, formset=_TimeRows, extra=3, max_num=MOST_TIMES)
)


class MoveReasonForm(forms.Form):
    """Why an agreed meeting should be at another time."""

    reason = forms.CharField(
        label=gettext_lazy("Why should it be moved?"), widget=_area(3), max_length=2000
    )


class MoveForm(TimeForm):
    """The new time of an agreed meeting, and why."""

    reason = forms.CharField(
        label=gettext_lazy("Why is it moved?"), widget=_area(3), max_length=2000
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_at"].required = True


class HeldForm(forms.Form):
    """What was said in a meeting."""

    notes = forms.CharField(
        label=gettext_lazy("What was said"), widget=_area(6), max_length=6000, required=False
    )


class CorrectedForm(forms.Form):
    """Why the list of a meeting is written anew, and which list was corrected."""

    reason = forms.CharField(
        label=gettext_lazy("What is corrected, and why?"), widget=_area(3), max_length=2000
    )
    seen = WholeField(min_value=1, widget=forms.HiddenInput())


class AttendanceForm(forms.Form):
    """One person on the list."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=150)
    side = forms.ChoiceField(label=gettext_lazy("For whom"), choices=Side.choices)
    organisation = forms.CharField(
        label=gettext_lazy("Organisation"), max_length=150, required=False
    )
    function = forms.CharField(label=gettext_lazy("Function"), max_length=100, required=False)
    was_present = forms.BooleanField(label=gettext_lazy("Was there"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "organisation", "function"):
            self.fields[name].widget.attrs["dir"] = "auto"


class _AttendanceRows(RowFormSet):
    def attendance(self) -> list[AttendanceInput]:
        """Who was typed, in order."""
        return [AttendanceInput(**row) for row in self.rows() if row.get("name")]


AttendanceFormSet = cast(
    type[_AttendanceRows],
    forms.formset_factory(
        AttendanceForm,
        formset=_AttendanceRows,
        extra=0,
        min_num=1,
        max_num=MOST_PEOPLE,
        can_delete=True,
    ),
)
