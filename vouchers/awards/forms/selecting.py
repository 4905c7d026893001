"""The meeting, and a decision on every ranked application."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vouchers.applications.models import Application
from vouchers.scoring.queries import CountryRanking
from vouchers.scoring.ranking import Ranked

from ..actions import Choice
from ..models import Outcome, SelectionRound


@dataclass(frozen=True)
class ChoiceRow:
    """One ranked application with its two fields: the decision, and why it departs."""

    ranked: Ranked
    application: Application
    outcome: forms.BoundField
    reason: forms.BoundField


class SelectionForm(forms.ModelForm):
    """The meeting, and a decision on every ranked application; each begins as the ranking says."""

    class Meta:
        model = SelectionRound
        fields = ("participants", "remarks")
        widgets = {
            "participants": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            "remarks": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        }

    def __init__(self, *args: Any, rankings: Sequence[CountryRanking], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rankings = rankings
        for ranking in rankings:
            if any(ranked.tied for ranked, _application in ranking.places):
                self.fields[f"vote_{ranking.quota.country_id}"] = forms.CharField(
                    label=_("Vote of the committee on the tie"),
                    help_text=_("Who voted how, and why: it stands in the minutes."),
                    max_length=4000,
                    widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
                )
            for ranked, application in ranking.places:
                self.fields[f"outcome_{application.pk}"] = forms.ChoiceField(
                    label=_("Decision"), choices=Outcome.choices, initial=ranked.suggested
                )
                self.fields[f"reason_{application.pk}"] = forms.CharField(
                    label=_("Reason, where it departs from the ranking"),
                    required=False,
                    max_length=2000,
                    widget=forms.TextInput(attrs={"dir": "auto"}),
                )

    def countries(
        self,
    ) -> list[tuple[CountryRanking, forms.BoundField | None, list[ChoiceRow]]]:
        """Each country's ranking with the field for a vote on a tie, and the rows to decide."""
        return [
            (
                ranking,
                self._vote(ranking),
                [
                    ChoiceRow(
                        ranked,
                        application,
                        self[f"outcome_{application.pk}"],
                        self[f"reason_{application.pk}"],
                    )
                    for ranked, application in ranking.places
                ],
            )
            for ranking in self.rankings
        ]

    def _vote(self, ranking: CountryRanking) -> forms.BoundField | None:
        name = f"vote_{ranking.quota.country_id}"
        return self[name] if name in self.fields else None

    def votes(self) -> dict[str, str]:
        """How the committee voted on ties, by country."""
        return {
            name.removeprefix("vote_"): text
            for name, text in self.cleaned_data.items()
            if name.startswith("vote_")
        }

    def choices(self) -> dict[int, Choice]:
        """What was decided, by application id."""
        return {
            application.pk: Choice(
                self.cleaned_data[f"outcome_{application.pk}"],
                self.cleaned_data[f"reason_{application.pk}"].strip(),
            )
            for ranking in self.rankings
            for _ranked, application in ranking.places
        }

    def clean(self) -> dict[str, Any]:
        """A decision that departs from the ranking needs its reason, asked for beside it."""
        cleaned = super().clean() or {}
        for ranking in self.rankings:
            for ranked, application in ranking.places:
                outcome = cleaned.get(f"outcome_{application.pk}")
                reason = cleaned.get(f"reason_{application.pk}", "")
                departs = outcome and outcome != ranked.suggested and not ranked.tied
                if departs and not reason.strip():
                    self.add_error(
                        f"reason_{application.pk}",
                        _("Say why the decision departs from the ranking."),
                    )
        return cleaned

    def _post_clean(self) -> None:
        """The action checks the whole record; here each value was checked alone."""
