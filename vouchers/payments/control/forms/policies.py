"""What a coordinator types of the policy of separations, and of a checklist."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from inputs.forms.languages import in_each_language
from vouchers.calls.forms.scoring import OrderedRows
from vouchers.payments.control.models.checklists import MOST_QUESTIONS
from vouchers.payments.control.wording import said_pairs


class PolicyForm(forms.Form):
    """Which duties are kept apart besides the floor, and why this changes."""

    apart = forms.MultipleChoiceField(
        label=_("Different people"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without a tick one person may do both for the same claim."),
    )
    reason = forms.CharField(
        label=_("Why?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )

    def __init__(self, *args: Any, apart: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = [one for one in said_pairs(apart) if not one.is_floor]
        self.fields["apart"].choices = [(one.name, one.text) for one in free]  # type: ignore[attr-defined]
        self.fields["apart"].initial = [one.name for one in free if one.is_apart]


class ChecklistRowForm(forms.Form):
    """One question of a checklist."""

    text = in_each_language(_("Question"), lines=2, most=500)


QuestionFormSet = cast(
    type[OrderedRows],
    forms.formset_factory(
        ChecklistRowForm,
        formset=OrderedRows,
        extra=0,
        can_delete=True,
        can_order=True,
        max_num=MOST_QUESTIONS,
        validate_max=True,
    ),
)
