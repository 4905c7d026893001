"""How plans are judged, vouchers watched and participants counted; the indicators of all plans."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from inputs.forms.fields import MoneyField, ShareField, WholeField
from inputs.forms.languages import in_each_language
from inputs.forms.widgets import CodeInput
from vouchers.calls.models import Call
from vouchers.calls.models.terms.claiming import CLAIM_TERMS
from vouchers.calls.models.terms.control import APPROVAL_TERMS, CONTROL_TERMS, ErrorType
from vouchers.calls.models.terms.counting import COUNTED, COUNTS
from vouchers.calls.models.terms.endings import ENDING_TERMS
from vouchers.calls.models.terms.rates import RATE_TERMS
from vouchers.calls.models.terms.receipts import RECEIPT_TERMS
from vouchers.calls.models.terms.screening import SCREENING_TERMS
from vouchers.calls.models.terms.signing import SIGNING_TERMS
from vouchers.calls.models.terms.surveys import SURVEY_MONTHS, SURVEY_TERMS
from vouchers.calls.models.terms.watching import WATCHING
from vouchers.calls.models.terms.ways import WAY_TERMS, WayOfUse

from .scoring import OrderedRows

_DAYS_OF_ENDINGS = (
    "extensions_most",
    "extension_days_most",
    "notice_days",
    "claim_days_after_ending",
    "unused_days",
)


class PlanTermsForm(forms.ModelForm):
    """Who signs agreements and approves plans, who pays the provider, what a day of expertise usually
    costs (EUR), how many more days are borne, after how many days a voucher needs a look, how it is
    extended or ends early, what its sessions count, what is asked once it is closed, for how long a
    screening counts, by which types of error a claim is cut, how many people approve which sum, and when
    payees are reminded to say whether the money has arrived.
    """

    class Meta:
        model = Call
        fields = (
            *SIGNING_TERMS,
            *("plans_to_coordinator", "day_rate_low", "day_rate_high", "session_tolerance"),
            *WATCHING,
            *WAY_TERMS,
            *CLAIM_TERMS,
            *CONTROL_TERMS,
            *RATE_TERMS,
            *ENDING_TERMS,
            *COUNTS,
            *SURVEY_TERMS,
            *SCREENING_TERMS,
            *RECEIPT_TERMS,
        )
        field_classes = {
            "day_rate_low": MoneyField,
            "day_rate_high": MoneyField,
            "session_tolerance": ShareField,
            "claim_tolerance": ShareField,
            "advance_share": ShareField,
            **dict.fromkeys(APPROVAL_TERMS, MoneyField),
            **dict.fromkeys(WATCHING, WholeField),
            **dict.fromkeys(_DAYS_OF_ENDINGS, WholeField),
            **dict.fromkeys(SURVEY_MONTHS, WholeField),
            **dict.fromkeys((*SCREENING_TERMS, *RECEIPT_TERMS), WholeField),
        }

    error_types = forms.MultipleChoiceField(
        label=_("Types of error by which something is deducted from a claim"),
        choices=ErrorType.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "Who controls a claim chooses among them. None ticked: the list stays as it is."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, counted in COUNTED.items():
            field = self.fields[f"count_{name}"]
            field.label = _("Sessions count: %(counted)s") % {"counted": counted}
            # What is not said stays as it is.
            field.required = False

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for name in COUNTS:
            values[name] = values.get(name) or self.initial[name]
        values["error_types"] = values.get("error_types") or self.initial["error_types"]
        if values.get("advance_share") and values.get("way_of_use") != WayOfUse.CLUSTER:
            self.add_error(
                "advance_share", _("Only a cluster that pays the provider itself is advanced.")
            )
        two, three = (values.get(name) for name in APPROVAL_TERMS)
        if three is not None and (two is None or three <= two):
            self.add_error(
                "three_approvals_above", _("Three people approve above a larger sum than two.")
            )
        low, high = values.get("day_rate_low"), values.get("day_rate_high")
        if low is not None and high is not None and low > high:
            self.add_error(
                "day_rate_high", _("The highest usual rate must not be below the lowest.")
            )
        for earlier, later in pairwise(RECEIPT_TERMS):
            before, after = values.get(earlier), values.get(later)
            if before is not None and after is not None and after <= before:
                self.add_error(later, _("Write more days than in the box before."))
        first, second = (values.get(name) for name in SURVEY_MONTHS)
        if second is not None and (first is None or second <= first):
            self.add_error(
                "second_survey_months", _("The second survey comes after the first one.")
            )
        return values


class IndicatorForm(forms.Form):
    """One indicator that all plans of the call may use."""

    code = forms.RegexField(
        r"^[A-Z0-9.-]+$",
        label=_("Code"),
        max_length=20,
        widget=CodeInput(),
        error_messages={"invalid": _("Capital letters, digits, points and hyphens.")},
    )
    name = in_each_language(_("Indicator"), most=300)
    unit = in_each_language(_("Unit"), most=60, required=False)


class _Indicators(OrderedRows):
    def clean(self) -> None:
        codes = [row.get("code") for row in self.rows()]
        if len(codes) != len(set(codes)):
            raise forms.ValidationError(_("Two indicators have the same code."))


IndicatorFormSet = cast(
    type[OrderedRows],
    forms.formset_factory(
        IndicatorForm, formset=_Indicators, extra=0, can_delete=True, can_order=True
    ),
)
