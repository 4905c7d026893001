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
from vouchers.scoring.assessing.queries.conflicts import ConflictHint
from vouchers.scoring.assessing.queries.workload import Workload
from vouchers.scoring.rules.optimiser import Assessor, Unstaffed, cost_of


@dataclass(frozen=True)
class WorkloadRow:
    """One application of the preview: its fields, and the hints about the people proposed for it."""

    application: Application
    fields: list[forms.BoundField]
    hints: list[tuple[User, ConflictHint]]


class WorkloadForm(forms.Form):
    """A choice of an assessor for each that an application lacks; empty leaves it open."""

    def __init__(self, *args: Any, workload: Workload, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workload = workload
        proposed: dict[int, list[int]] = defaultdict(list)
        for pair in workload.pairs:
            proposed[pair.application].append(pair.assessor)
        for need in workload.needs:
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

    def _choices(self, need: Unstaffed) -> list[tuple[int, str]]:
        workload = self.workload
        fitting = sorted(
            (workload.assessors[pk] for pk in need.possible),
            key=lambda one: (cost_of(need, one) + one.load, workload.people[one.id].full_name),
        )
        return [(one.id, self._described(need, one)) for one in fitting]

    def _described(self, need: Unstaffed, assessor: Assessor) -> str:
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
        if self.workload.hints.get((need.application, assessor.id)):
            about.append(_("hint of a conflict"))
        return f"{self.workload.people[assessor.id]} ({' · '.join(about)})"

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
        for need in self.workload.needs:
            seen: set[int] = set()
            for at in range(need.missing):
                name = f"assessor_{need.application}_{at}"
                person = cleaned.get(name)
                if person in seen:
                    self.add_error(name, _("This person is chosen twice for the application."))
                elif person is not None:
                    seen.add(person)
        return cleaned

    def rows(self) -> list[WorkloadRow]:
        """The applications in order, each with its fields."""
        return [
            WorkloadRow(
                self.workload.applications[need.application],
                [self[f"assessor_{need.application}_{at}"] for at in range(need.missing)],
                [
                    (self.workload.people[person], hint)
                    for person in need.possible
                    for hint in self.workload.hints.get((need.application, person), [])
                ],
            )
            for need in self.workload.needs
        ]

    def pairs(self) -> list[tuple[Application, User]]:
        """What was chosen, in order."""
        return [
            (self.workload.applications[need.application], self.workload.people[person])
            for need in self.workload.needs
            for at in range(need.missing)
            if (person := self.cleaned_data[f"assessor_{need.application}_{at}"]) is not None
        ]
