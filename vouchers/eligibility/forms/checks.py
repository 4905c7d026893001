"""What an officer fills in about the eligibility of an application."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vouchers.calls.models import EligibilityRule
from vouchers.eligibility.actions import Verdict
from vouchers.eligibility.models import Result
from vouchers.eligibility.queries.automatic_answers import Automatic, reason_is_due

SETTLED = [(Result.MET, Result.MET.label), (Result.NOT_MET, Result.NOT_MET.label)]


@dataclass(frozen=True)
class CheckedRule:
    """One rule on the page: what the data say, and the two fields."""

    rule: EligibilityRule
    automatic: Automatic | None
    result: forms.BoundField
    reason: forms.BoundField


class CheckForm(forms.Form):
    """The checklist: for each rule whether it is met, and why where that must be said.

    `typed` is what the officer filled in before; the data's own answer is chosen beforehand.
    """

    reason = forms.CharField(
        label=_("A word to the cluster"),
        help_text=_("The cluster reads it in the letter when the application is not eligible."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=4000,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        rules: list[EligibilityRule],
        automatic: Mapping[int, Automatic | None],
        typed: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rules, self.automatic = rules, automatic
        self.fields["reason"].initial = typed.get("reason", "")
        for rule in rules:
            self._add_fields(rule, typed)

    def _add_fields(self, rule: EligibilityRule, typed: Mapping[str, str]) -> None:
        said = self.automatic[rule.pk]
        decided = said.result if said and said.result != Result.NOT_KNOWN else None
        self.fields[f"result_{rule.pk}"] = forms.ChoiceField(
            label=str(rule),
            choices=SETTLED,
            widget=forms.RadioSelect,
            initial=typed.get(f"result_{rule.pk}") or decided,
            error_messages={"required": _("Decide whether this rule is met.")},
        )
        self.fields[f"reason_{rule.pk}"] = forms.CharField(
            label=_("Reason"),
            widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            max_length=2000,
            required=False,
            initial=typed.get(f"reason_{rule.pk}", ""),
        )

    def rows(self) -> list[CheckedRule]:
        """What the template walks through."""
        return [
            CheckedRule(
                rule,
                self.automatic[rule.pk],
                self[f"result_{rule.pk}"],
                self[f"reason_{rule.pk}"],
            )
            for rule in self.rules
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for rule in self.rules:
            result = cleaned.get(f"result_{rule.pk}")
            said = self.automatic[rule.pk]
            if result and reason_is_due(said, result) and not cleaned.get(f"reason_{rule.pk}"):
                self.add_error(f"reason_{rule.pk}", self._why(said))
        return cleaned

    @staticmethod
    def _why(said: Automatic | None) -> str:
        if said is None:
            return str(_("Say why the rule is not met: the cluster reads it."))
        if said.result == Result.NOT_KNOWN:
            return str(_("The data do not say it: write how you know."))
        return str(_("You decide otherwise than the data say: write why."))

    def verdicts(self) -> dict[int, Verdict]:
        """What was decided, by rule id."""
        return {
            rule.pk: Verdict(
                self.cleaned_data[f"result_{rule.pk}"], self.cleaned_data[f"reason_{rule.pk}"]
            )
            for rule in self.rules
        }

    def typed(self) -> dict[str, str]:
        """Everything as it was typed, for the draft."""
        return {name: self.data[name] for name in self.fields if name in self.data}
