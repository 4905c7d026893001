"""The meeting, the decisions near the line, and what departs from the ranking elsewhere.

However many applications are ranked, the page sends few fields: those that may be selected, are tied or
come first on the reserve list are decided in their rows; whoever else is decided against the ranking
is named by its reference. All others follow the ranking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.forms import RowFormSet
from inputs.forms.widgets import CodeInput
from vouchers.awards.actions import Choice
from vouchers.awards.models import Outcome, SelectionRound
from vouchers.awards.queries.edges import CountryEdge
from vouchers.scoring.ranking.models import StoredPlace

# More departures than these are a reason to look at the ranking again, not to type.
MOST_DEPARTURES = 50


@dataclass(frozen=True)
class ChoiceRow:
    """One ranked application with its two fields: the decision, and why it departs."""

    place: StoredPlace
    outcome: forms.BoundField
    reason: forms.BoundField


class SelectionForm(forms.ModelForm):
    """The meeting, and the decisions near the line; each begins as the ranking says."""

    class Meta:
        model = SelectionRound
        fields = ("participants", "remarks")
        widgets = {
            "participants": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            "remarks": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        }

    def __init__(self, *args: Any, edges: Sequence[CountryEdge], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edges = edges
        for edge in edges:
            if edge.tied:
                self.fields[f"vote_{edge.quota.country_id}"] = forms.CharField(
                    label=_("Vote of the committee on the tie"),
                    help_text=_("Who voted how, and why: it stands in the minutes."),
                    max_length=4000,
                    widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
                )
            for place in edge.places:
                self.fields[f"outcome_{place.application_id}"] = forms.ChoiceField(
                    label=_("Decision"),
                    choices=Outcome.choices,
                    initial=place.suggested,
                    widget=forms.Select(attrs={"class": "form-select"}),
                )
                self.fields[f"reason_{place.application_id}"] = forms.CharField(
                    label=_("Reason, where it departs from the ranking"),
                    required=False,
                    max_length=2000,
                    widget=forms.TextInput(attrs={"dir": "auto", "class": "form-control"}),
                )

    def countries(self) -> list[tuple[CountryEdge, forms.BoundField | None, list[ChoiceRow]]]:
        """Each country with the field for a vote on a tie, and the rows to decide."""
        return [
            (
                edge,
                self[f"vote_{edge.quota.country_id}"] if edge.tied else None,
                [
                    ChoiceRow(
                        place,
                        self[f"outcome_{place.application_id}"],
                        self[f"reason_{place.application_id}"],
                    )
                    for place in edge.places
                ],
            )
            for edge in self.edges
        ]

    def votes(self) -> dict[str, str]:
        """How the committee voted on ties, by country."""
        return {
            name.removeprefix("vote_"): text
            for name, text in self.cleaned_data.items()
            if name.startswith("vote_")
        }

    def choices(self) -> dict[int, Choice]:
        """What was decided in the rows, by application id."""
        return {
            place.application_id: Choice(
                self.cleaned_data[f"outcome_{place.application_id}"],
                self.cleaned_data[f"reason_{place.application_id}"].strip(),
            )
            for edge in self.edges
            for place in edge.places
        }

    def clean(self) -> dict[str, Any]:
        """A decision that departs from the ranking needs its reason, asked for beside it."""
        cleaned = super().clean() or {}
        for place in (place for edge in self.edges for place in edge.places):
            outcome = cleaned.get(f"outcome_{place.application_id}")
            reason = cleaned.get(f"reason_{place.application_id}", "")
            departs = outcome and outcome != place.suggested and not place.tied
            if departs and not reason.strip():
                self.add_error(
                    f"reason_{place.application_id}",
                    _("Say why the decision departs from the ranking."),
                )
        return cleaned

    def _post_clean(self) -> None:
        """The action checks the whole record; here each value was checked alone."""


class DepartureForm(forms.Form):
    """One application behind the rows of the page that is decided against the ranking."""

    reference = forms.CharField(
        label=_("Reference of the application"),
        max_length=60,
        widget=CodeInput(attrs={"autocapitalize": "characters"}),
    )
    outcome = forms.ChoiceField(label=_("Decision"), choices=Outcome.choices)
    reason = forms.CharField(
        label=_("Why does it depart from the ranking?"),
        max_length=2000,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class _Departures(RowFormSet):
    """Departures by reference; each application once, and none that has its own row above."""

    def __init__(
        self, *args: Any, behind: Callable[[Iterable[str]], dict[str, int]], **kwargs: Any
    ) -> None:
        """`behind` finds the ids of the applications behind the rows above, by their references."""
        super().__init__(*args, **kwargs)
        self._behind = behind
        self._found: dict[str, int] = {}

    def clean(self) -> None:
        typed = [(form, _reference(form)) for form in self.forms if _reference(form)]
        self._found = self._behind({reference for _form, reference in typed})
        seen: set[str] = set()
        for form, reference in typed:
            if reference in seen:
                form.add_error("reference", _("This application stands here twice."))
            elif reference not in self._found:
                form.add_error(
                    "reference",
                    _("No such reference is ranked in this call, or it has its own row above."),
                )
            seen.add(reference)

    def choices(self) -> dict[int, Choice]:
        """What was decided by reference, by application id."""
        return {
            self._found[_reference(form)]: Choice(
                form.cleaned_data["outcome"], form.cleaned_data["reason"].strip()
            )
            for form in self.forms
            if _reference(form)
        }


def _reference(form: forms.Form) -> str:
    """The reference in a row; empty for a row that is empty or taken out."""
    values = getattr(form, "cleaned_data", {})
    return "" if values.get("DELETE") else values.get("reference", "").strip().upper()


DepartureFormSet = cast(
    type[_Departures],
    forms.formset_factory(
        DepartureForm,
        formset=_Departures,
        extra=1,
        can_delete=True,
        max_num=MOST_DEPARTURES,
        absolute_max=MOST_DEPARTURES,
        validate_max=True,
    ),
)
