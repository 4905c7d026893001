"""What people type about a contract."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from conduct.forms import DayInput
from inputs.forms.widgets import CodeInput


class ContractForm(forms.Form):
    """Number, days and signatures of a contract, and the signed paper; its lines are rows."""

    number = forms.CharField(label=gettext_lazy("Number"), max_length=60, widget=CodeInput())
    signed_on = forms.DateField(label=gettext_lazy("Signed on"), widget=DayInput())
    starts_on = forms.DateField(label=gettext_lazy("Starts on"), widget=DayInput())
    ends_on = forms.DateField(label=gettext_lazy("Ends on"), widget=DayInput())
    signed_for_provider = forms.CharField(
        label=gettext_lazy("Signed for the provider by"), max_length=150
    )
    signed_for_client = forms.CharField(
        label=gettext_lazy("Signed for the other side by"), max_length=150
    )
    upload = forms.FileField(label=gettext_lazy("The signed contract"))
