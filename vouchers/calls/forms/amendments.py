"""What may change in an open call, and why it does."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clusters.models import Country
from conduct.forms import DayInput
from inputs.forms.fields import MoneyField, WholeField
from inputs.forms.languages import in_each_language
from vouchers.calls.actions.amendments import AMENDABLE
from vouchers.calls.models import Call

from .terms import programme_time

VOUCHERS = "vouchers_"


class AmendmentForm(forms.Form):
    """The terms of an open call as they are, to be changed, with the reason.

    `version` tells which version the person had before them.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    explanation = in_each_language(
        _("Why does the call change?"),
        lines=3,
        help_text=_("In at least one language. Everybody who applies reads it."),
        most=2000,
    )
    name = in_each_language(_("Name"), most=200)
    purpose = in_each_language(_("Purpose"), lines=6, most=5000)
    questions_until = programme_time("questions_until")
    deadline = programme_time("deadline")
    decision_due = forms.DateField(label=_("Decision expected by"), widget=DayInput())
    assistance_ends = forms.DateField(label=_("End of assistance"), widget=DayInput())
    budget = MoneyField(label=_("Budget (EUR)"), max_digits=12, decimal_places=2)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        standing = {name: getattr(call, name) for name in AMENDABLE}
        kwargs["initial"] = {**standing, "version": call.version}
        super().__init__(*args, **kwargs)
        quotas = {quota.country_id: quota.vouchers for quota in call.quotas.all()}
        self.countries = list(Country.objects.select_related("partner"))
        for country in self.countries:
            self.fields[f"{VOUCHERS}{country.code}"] = WholeField(
                label=_("Vouchers for %(country)s") % {"country": country},
                min_value=0,
                max_value=999,
                initial=quotas.get(country.code, 0),
            )

    def terms(self) -> dict[str, Any]:
        """What the action takes: the terms that were changed, the quotas and the reason."""
        values = self.cleaned_data
        return {
            **{name: values[name] for name in AMENDABLE if name in self.changed_data},
            "explanation": values["explanation"],
            "seen": values["version"],
            "vouchers": {
                country: values[f"{VOUCHERS}{country.code}"] for country in self.countries
            },
        }
