"""A session as somebody logs it, on a phone as well."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conduct.forms import DayInput
from documents.wording import measure, number
from inputs.forms.fields import ShareField, WholeField
from inputs.forms.widgets import PlainEmailInput
from vouchers.assistance.delivery.actions import SessionInput
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.delivery.rules.hours import HOURS_PER_DAY, LONGEST, SHORTEST, are_quarters
from vouchers.assistance.delivery.wording import (
    sentence_of_missing_count,
    sentence_of_too_many,
)
from vouchers.assistance.plans.models import Milestone
from vouchers.calls.models import Call
from vouchers.calls.models.terms.counting import COUNTED, CountAsked

_MOST_PEOPLE = 9999


class _MilestoneField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Milestone) -> str:
        return _("%(number)s. %(title)s (%(days)s days planned)") % {
            "number": obj.number,
            "title": obj.title,
            "days": measure(obj.days),
        }


class SessionForm(forms.ModelForm):
    """One session: for which milestone, when, how long, who worked, and with whom."""

    milestone = _MilestoneField(queryset=Milestone.objects.none(), label=gettext_lazy("Milestone"))
    hours = ShareField(label=gettext_lazy("Hours"))

    class Meta:
        model = Session
        fields = (
            *("milestone", "day", "hours", "activity", "expert_name", "expert_email"),
            *("place", "is_online", "participants", *COUNTED, "notes"),
        )
        field_classes = dict.fromkeys(("participants", *COUNTED), WholeField)
        widgets = {
            "day": DayInput(),
            "expert_email": PlainEmailInput(attrs={"dir": "ltr"}),
            "notes": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        }

    def __init__(
        self,
        *args: Any,
        call: Call,
        milestones: QuerySet[Milestone],
        latest: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["milestone"])
        field.queryset = milestones
        self.fields["hours"].help_text = _(
            "In quarters of an hour; %(hours)s hours make one day of expertise."
        ) % {"hours": number(HOURS_PER_DAY)}
        self.fields["expert_email"].help_text = _(
            "It tells two experts of one name apart. Nothing is sent to it."
        )
        self.fields["day"].widget.attrs["max"] = latest.isoformat()
        # Those that the call asks for, and no others.
        self.counted = call.counted
        for name in set(COUNTED) - set(self.counted):
            del self.fields[name]
        for name in ("participants", *self.counted):
            self.fields[name].required = False
            cast(WholeField, self.fields[name]).max_value = _MOST_PEOPLE
        for name in self.counted:
            if call.asks_for(name) == CountAsked.REQUIRED:
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = sentence_of_missing_count(name)
        for name in ("activity", "expert_name", "place"):
            self.fields[name].widget.attrs["dir"] = "auto"
        self.fields["activity"].widget.attrs["list"] = "activities"
        self.fields["expert_name"].widget.attrs["list"] = "experts"
        self.fields["expert_email"].widget.attrs["list"] = "addresses"

    def clean_hours(self) -> Decimal:
        hours = self.cleaned_data["hours"]
        if not SHORTEST <= hours <= LONGEST:
            raise forms.ValidationError(
                _("A session takes between a quarter of an hour and 12 hours.")
            )
        if not are_quarters(hours):
            raise forms.ValidationError(_("Hours are written in quarters: 0.25, 0.5, 0.75, 1."))
        return hours

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if "participants" not in self.errors:
            values["participants"] = values.get("participants") or 0
        most = values.get("participants")
        for name in self.counted:
            if most is not None and (values.get(name) or 0) > most:
                self.add_error(name, sentence_of_too_many(name))
        if not values.get("is_online") and not values.get("place") and "place" not in self.errors:
            self.add_error("place", _("Say where it was: a place, or online."))
        return values

    def _post_clean(self) -> None:
        """The action judges and writes the record; here nothing is set on it."""

    def said(self) -> SessionInput:
        """What was typed, without the milestone."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "milestone"}
        return SessionInput(**values)
