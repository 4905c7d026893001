"""How applications are judged: scale and criteria, who is eligible, what is declared, themes of needs."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.forms import RowFormSet
from inputs.forms.fields import ShareField, WholeField, YearField
from inputs.forms.languages import in_each_language
from inputs.forms.widgets import CodeInput
from vouchers.calls.models import Call, EligibilityRule
from vouchers.calls.queries.checklist import problem_of_anchors

SCALE = (
    "score_min",
    "score_max",
    "score_step",
    "total_threshold",
    "assessors_required",
    "discrepancy_limit",
)


class ScaleForm(forms.ModelForm):
    """The scale of the scores and what an application must reach."""

    class Meta:
        model = Call
        fields = SCALE
        field_classes = {
            **dict.fromkeys(SCALE, ShareField),
            "assessors_required": WholeField,
        }


class OrderedRows(RowFormSet):
    """Rows whose order is typed as numbers; a row without one stays where it is."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        given = form.fields["ORDER"]
        form.fields["ORDER"] = WholeField(
            label=given.label, initial=given.initial, required=False, min_value=0
        )

    def rows(self) -> list[dict[str, Any]]:
        """The clean values of the rows in the order that was typed."""
        typed = super().rows()
        places = [row.pop("ORDER", None) for row in typed]
        order = sorted(
            range(len(typed)),
            key=lambda at: (place if (place := places[at]) is not None else at + 1, at),
        )
        return [typed[at] for at in order]


class CriterionForm(forms.Form):
    """One criterion of a call."""

    standing = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = in_each_language(_("Name"), most=200)
    guidance = in_each_language(_("Guidance for assessors"), lines=3, required=False, most=3000)
    anchors = in_each_language(
        _("What the scores mean"),
        lines=5,
        required=False,
        most=2000,
        help_text=_("One line for each whole score, from the lowest to the highest."),
    )
    weight = ShareField(
        label=_("Weight (points of 100)"),
        min_value=0.01,
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )
    threshold = ShareField(
        label=_("Threshold (per cent of the highest score)"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )
    tie_break_position = WholeField(
        label=_("Order in which ties are broken"),
        min_value=1,
        max_value=99,
        help_text=_("1 decides first."),
    )


class BaseCriterionFormSet(OrderedRows):
    """The criteria of a call: no two break ties at the same place, and each says what the scores
    of the `scale` mean, or none of them."""

    def __init__(self, *args: Any, scale: ScaleForm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scale = scale

    def clean(self) -> None:
        self._check_anchors()
        places = [row.get("tie_break_position") for row in self.rows()]
        if len(places) != len(set(places)):
            raise forms.ValidationError(_("Give each criterion its own place for breaking ties."))

    def _check_anchors(self) -> None:
        if not self.scale.is_valid():
            return
        low, high = (self.scale.cleaned_data[name] for name in ("score_min", "score_max"))
        for form in self.forms:
            values = form.cleaned_data
            if not values.get("anchors") or values.get("DELETE"):
                continue
            problem = problem_of_anchors(values["anchors"], low, high)
            if problem:
                form.add_error("anchors", problem)


class RuleForm(forms.Form):
    """One line of the partner's checklist."""

    kind = forms.ChoiceField(
        label=_("Answered by"),
        choices=EligibilityRule.Kind.choices,
        initial=EligibilityRule.Kind.BY_HAND,
        help_text=_("Where data answer it, the partner sees their answer and decides."),
    )
    text = in_each_language(_("Rule"), most=500)
    year = YearField(
        label=_("Year"),
        min_value=1800,
        max_value=2200,
        required=False,
        help_text=_("Only for “established before a year”."),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        dated = values.get("kind") == EligibilityRule.Kind.ESTABLISHED_BEFORE
        if dated and not values.get("year") and "year" not in self.errors:
            self.add_error("year", _("Say before which year the cluster must be established."))
        if not dated:
            values["year"] = None
        return values


class ClauseForm(forms.Form):
    """One statement of the declaration on honour."""

    text = in_each_language(_("Statement"), lines=3, most=2000)


class ThemeForm(forms.Form):
    """One theme of the needs assessment."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        widget=CodeInput(),
        help_text=_("A short name in Latin letters, which stays the same from call to call."),
    )
    name = in_each_language(_("Name"), most=100)

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).lower()


class BaseThemeFormSet(OrderedRows):
    """The themes of a call, each with a code of its own."""

    def clean(self) -> None:
        super().clean()
        met: set[str] = set()
        for form in self.forms:
            if form in self.deleted_forms or not (code := form.cleaned_data.get("code")):
                continue
            if code in met:
                form.add_error("code", _("Two themes have the same code."))
            met.add(code)


ThemeFormSet = cast(
    type[BaseThemeFormSet],
    forms.formset_factory(
        ThemeForm, formset=BaseThemeFormSet, extra=0, can_delete=True, can_order=True
    ),
)
CriterionFormSet = cast(
    type[BaseCriterionFormSet],
    forms.formset_factory(
        CriterionForm, formset=BaseCriterionFormSet, extra=0, can_delete=True, can_order=True
    ),
)
RuleFormSet = cast(
    type[OrderedRows],
    forms.formset_factory(RuleForm, formset=OrderedRows, extra=0, can_delete=True, can_order=True),
)
ClauseFormSet = cast(
    type[OrderedRows],
    forms.formset_factory(
        ClauseForm, formset=OrderedRows, extra=0, can_delete=True, can_order=True
    ),
)


def initial_rows(records: Any, *names: str) -> list[dict[str, Any]]:
    """The records as the rows of a formset."""
    return [{name: getattr(record, name) for name in names} for record in records]
