"""The preview of a proposal of who scores what, in which every pair can be changed or left out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from vouchers.applications.models import Application

from .balancing import Assessor, Need, cost_of
from .conflicts import Hint
from .sharing import Sharing


@dataclass(frozen=True)
class Row:
    """One application of the preview: its fields, and the hints about the people proposed for it."""

    application: Application
    fields: list[forms.BoundField]
    hints: list[tuple[User, Hint]]


class BalanceForm(forms.Form):
    """A choice of an assessor for each that an application lacks; empty leaves it open."""

    def __init__(self, *args: Any, sharing: Sharing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sharing = sharing
        proposed: dict[int, list[int]] = defaultdict(list)
        for pair in sharing.pairs:
            proposed[pair.application].append(pair.assessor)
        for need in sharing.needs:
            choices = [("", _("leave open")), *self._choices(need)]
            for at in range(need.missing):
                own = proposed[need.application]
                self.fields[f"assessor_{need.application}_{at}"] = forms.TypedChoiceField(
                    label=ngettext("Assessor %(number)s", "Assessor %(number)s", at + 1)
                    % {"number": at + 1},
                    choices=choices,
                    coerce=int,
                    empty_value=None,
                    required=False,
                    initial=own[at] if at < len(own) else "",
                    error_messages={
                        "invalid_choice": gettext_lazy(
                            "This person cannot score the application any more."
                        )
                    },
                )

    def _choices(self, need: Need) -> list[tuple[int, str]]:
        sharing = self.sharing
        fitting = sorted(
            (sharing.assessors[pk] for pk in need.possible),
            key=lambda one: (cost_of(need, one) + one.load, sharing.people[one.id].full_name),
        )
        return [(one.id, self._described(need, one)) for one in fitting]

    def _described(self, need: Need, assessor: Assessor) -> str:
        """The person in a line: what fits, what they have already, and what speaks against."""
        about = []
        if need.language in assessor.languages:
            about.append(_("reads the language"))
        if need.sectors & assessor.sectors:
            about.append(_("knows the sector"))
        about.append(
            ngettext("has %(number)s application", "has %(number)s applications", assessor.load)
            % {"number": assessor.load}
        )
        if self.sharing.hints.get((need.application, assessor.id)):
            about.append(_("hint of a conflict"))
        return f"{self.sharing.people[assessor.id]} ({' · '.join(about)})"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        gone = [
            name
            for name, value in self.data.items()
            if name.startswith("assessor_") and value and name not in self.fields
        ]
        if gone:
            self.add_error(
                None, _("Somebody was asked for one of the applications meanwhile. Look again.")
            )
        for need in self.sharing.needs:
            seen: set[int] = set()
            for at in range(need.missing):
                name = f"assessor_{need.application}_{at}"
                person = cleaned.get(name)
                if person in seen:
                    self.add_error(name, _("This person is chosen twice for the application."))
                elif person is not None:
                    seen.add(person)
        return cleaned

    def rows(self) -> list[Row]:
        """The applications in order, each with its fields."""
        return [
            Row(
                self.sharing.applications[need.application],
                [self[f"assessor_{need.application}_{at}"] for at in range(need.missing)],
                [
                    (self.sharing.people[person], hint)
                    for person in need.possible
                    for hint in self.sharing.hints.get((need.application, person), [])
                ],
            )
            for need in self.sharing.needs
        ]

    def pairs(self) -> list[tuple[Application, User]]:
        """What was chosen, in order."""
        return [
            (self.sharing.applications[need.application], self.sharing.people[person])
            for need in self.sharing.needs
            for at in range(need.missing)
            if (person := self.cleaned_data[f"assessor_{need.application}_{at}"]) is not None
        ]
