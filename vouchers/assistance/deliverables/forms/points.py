"""What a reader of a version types: a point, and why it is returned."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from vouchers.assistance.deliverables.models import DeliverablePoint, Weight
from vouchers.assistance.forms.texts import text_area


class PointForm(forms.Form):
    """A point that may stay empty, and the reason of a return: one form, so that none loses the other."""

    where = forms.CharField(
        label=_("Where"),
        help_text=_("A page, a section or a file."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    text = forms.CharField(
        label=_("What is wrong"), max_length=2000, required=False, widget=text_area(3)
    )
    weight = forms.ChoiceField(
        label=_("Weight"), choices=Weight.choices, initial=Weight.MUST, required=False
    )
    reason = forms.CharField(
        label=_("Why you return it, over all"),
        help_text=_("May stay empty where you noted points."),
        max_length=5000,
        required=False,
        widget=text_area(3),
    )

    @property
    def has_point(self) -> bool:
        """Whether a point is begun in the fields."""
        return bool(self.cleaned_data["where"] or self.cleaned_data["text"])

    def point(self) -> dict[str, str]:
        """The point, as the action takes it."""
        values = self.cleaned_data
        return {
            "where": values["where"],
            "text": values["text"],
            "weight": values["weight"] or Weight.MUST,
        }

    @classmethod
    def after(cls, reason: str, *, noted_before: DeliverablePoint | None = None) -> PointForm:
        """An empty form, but for a reason that was begun and a point of an earlier version."""
        initial = {"reason": reason, "weight": Weight.MUST}
        if noted_before is not None:
            initial |= {
                "where": noted_before.where,
                "text": noted_before.text,
                "weight": noted_before.weight,
            }
        return cls(initial=initial)
