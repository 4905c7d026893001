"""How the assistance is bought: who contracts, how many are asked, on what grounds one is chosen."""

from __future__ import annotations

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from inputs.forms.fields import ShareField, WholeField
from inputs.forms.languages import in_each_language
from vouchers.calls.models import Currency, GroundKind, PurchaseRules

from .scoring import OrderedRows


class PurchaseRulesForm(forms.ModelForm):
    """Who contracts the provider and pays it, how many are asked for a quote, and in what money."""

    class Meta:
        model = PurchaseRules
        fields = ("use", "quotes_required", "quote_currencies")
        field_classes = {"quotes_required": WholeField}
        widgets = {"use": forms.RadioSelect()}

    quote_currencies = forms.MultipleChoiceField(
        label=_("Currencies in which providers may quote"),
        choices=Currency.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "The money of a country is offered to its own providers alone. Quotes are compared in euro, "
            "at the European Commission’s rate of the month of the deadline. Always also in euro."
        ),
    )

    def clean_quote_currencies(self) -> list[str]:
        said = {Currency.EUR, *self.cleaned_data["quote_currencies"]}
        return [code for code in Currency.values if code in said]


class GroundForm(forms.Form):
    """One ground on which quotes are compared."""

    kind = forms.ChoiceField(
        label=_("Judged by"), choices=GroundKind.choices, initial=GroundKind.MARKED
    )
    name = in_each_language(_("Name"), most=100)
    weight = ShareField(
        label=_("Weight (points of 100)"),
        min_value=0.01,
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )


class BaseGroundFormSet(OrderedRows):
    """The grounds of a call; the price is one of them at most once."""

    def clean(self) -> None:
        super().clean()
        priced = [
            form
            for form in self.forms
            if form not in self.deleted_forms and form.cleaned_data.get("kind") == GroundKind.PRICE
        ]
        for form in priced[1:]:
            form.add_error("kind", _("The price is one ground, not two."))


GroundFormSet = cast(
    type[BaseGroundFormSet],
    forms.formset_factory(
        GroundForm, formset=BaseGroundFormSet, extra=0, can_delete=True, can_order=True
    ),
)
