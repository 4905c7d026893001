"""What people type about the end of a voucher."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.models import Cluster
from clusters.queries import managers_of
from conduct.forms import DayInput


def _reason(help_text: Any) -> forms.CharField:
    """Why; with what the reader’s language says of it, so that `help_text` stays lazy."""
    return forms.CharField(
        label=_("Why?"),
        help_text=help_text,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class _DayAndReason(forms.Form):
    """A day, whose limits its help text tells, and why."""

    def __init__(self, data: Mapping[str, Any] | None, *, day: str, hint: str) -> None:
        super().__init__(data)
        self.fields[day].help_text = hint


class ExtensionForm(_DayAndReason):
    """Until when the voucher should last, and why."""

    until = forms.DateField(label=_("New last day"), widget=DayInput())
    reason = _reason(_("Whoever decides reads it, and it stands in the letter."))


class SuspensionForm(_DayAndReason):
    """When the voucher is looked at again, and why it rests."""

    review_on = forms.DateField(label=_("To be looked at again on"), widget=DayInput())
    reason = _reason(_("The cluster reads it, and it stands in the letter."))


class EndingForm(_DayAndReason):
    """On which day the voucher ends, and why."""

    ends_on = forms.DateField(label=_("The day on which it ends"), widget=DayInput())
    reason = _reason(_("It stands in the letter."))


class SuccessionForm(forms.Form):
    """Which manager acts for the cluster, and why."""

    person = forms.ModelChoiceField(
        label=_("Who acts for the cluster"), queryset=User.objects.none()
    )
    reason = _reason(_("It stands in the letter."))

    def __init__(self, data: Mapping[str, Any] | None, *, cluster: Cluster) -> None:
        super().__init__(data)
        field: forms.ModelChoiceField = self.fields["person"]  # type: ignore[assignment]
        field.queryset = managers_of(cluster).order_by("full_name", "pk")
