"""A version as somebody hands it in, with what became of each point of the one before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from files.wording.kinds import ACCEPTED_ENDINGS, ACCEPTED_IN_WORDS
from vouchers.assistance.deliverables.actions import Answered
from vouchers.assistance.deliverables.models import Deliverable, DeliverablePoint
from vouchers.assistance.forms.texts import text_area

_DONE = (
    ("done", pgettext_lazy("a point", "done")),
    ("not done", pgettext_lazy("a point", "not done, because …")),
)


class _FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files."""

    widget = _FilesInput(attrs={"accept": ",".join(ACCEPTED_ENDINGS)})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        chosen = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in chosen or [None]]


class VersionForm(forms.Form):
    """What was delivered, its files, and from the second version on what changed."""

    summary = forms.CharField(
        label=gettext_lazy("What was delivered"), widget=text_area(4), max_length=5000
    )
    changes = forms.CharField(
        label=gettext_lazy("What changed since the version before"),
        widget=text_area(3),
        max_length=5000,
    )
    uploads = FilesField(label=gettext_lazy("Files"), help_text=ACCEPTED_IN_WORDS)

    def __init__(
        self,
        *args: Any,
        earlier: Deliverable | None,
        points: Sequence[DeliverablePoint] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.points = points
        if earlier is None:
            del self.fields["changes"]
        else:
            self.fields["summary"].initial = earlier.summary
        for place, point in enumerate(points, 1):
            self._ask_about(point, place)
        # Last: browsers forget chosen files when something else is to be mended.
        self.fields["uploads"] = self.fields.pop("uploads")

    def _ask_about(self, point: DeliverablePoint, place: int) -> None:
        self.fields[f"done_{point.pk}"] = forms.ChoiceField(
            label=_("%(number)s. %(where)s") % {"number": place, "where": point.where},
            help_text=point.text,
            choices=_DONE,
            widget=forms.RadioSelect,
        )
        self.fields[f"answer_{point.pk}"] = forms.CharField(
            label=_("Answer to point %(number)s") % {"number": place},
            widget=text_area(2),
            max_length=2000,
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for point in self.points:
            is_open = values.get(f"done_{point.pk}") == "not done"
            if is_open and not values.get(f"answer_{point.pk}"):
                self.add_error(f"answer_{point.pk}", _("Say why it is not done."))
        if self.errors and self.files and "uploads" not in self.errors:
            self.add_error(
                "uploads", _("Choose the files once more: a browser does not keep them.")
            )
        return values

    def said(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        values = self.cleaned_data
        return {
            "summary": values["summary"],
            "changes": values.get("changes", ""),
            "uploads": values["uploads"],
            "answers": {
                point.pk: Answered(
                    is_done=values[f"done_{point.pk}"] == "done",
                    text=values[f"answer_{point.pk}"],
                )
                for point in self.points
            },
        }
