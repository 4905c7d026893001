"""What who judges says: ties to providers, marks for quotes, why one is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.wording import number
from vouchers.calls.models import GroundKind
from vouchers.providers.quotes.actions import Interest, Mark
from vouchers.providers.quotes.models import QuoteInvitation
from vouchers.providers.quotes.models.deciding import Judging
from vouchers.providers.quotes.queries import QuoteComparison
from vouchers.providers.quotes.rules.points import HIGHEST_MARK, STEP_OF_MARKS

from .terms import text_area

_MARKS = [STEP_OF_MARKS * number for number in range(int(HIGHEST_MARK / STEP_OF_MARKS) + 1)]


class InterestsForm(forms.Form):
    """For every provider: tied to its owners, board or staff, or not."""

    def __init__(self, *args: Any, asked: Sequence[QuoteInvitation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for one in asked:
            self.fields[f"tie-{one.pk}"] = forms.ChoiceField(
                label=_("Are you tied to the owners, the board or the staff of %(provider)s?")
                % {"provider": one.provider},
                choices=[("no", _("No, nothing ties me to it")), ("yes", _("Yes"))],
                widget=forms.RadioSelect(),
            )
            self.fields[f"why-{one.pk}"] = forms.CharField(
                label=_("What ties you to %(provider)s?") % {"provider": one.provider},
                widget=text_area(2),
                max_length=2000,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for one in self.asked:
            if values.get(f"tie-{one.pk}") == "yes" and not values.get(f"why-{one.pk}"):
                self.add_error(f"why-{one.pk}", _("Say what ties you to this provider."))
        return values

    def interests(self) -> list[Interest]:
        """What was said of each provider."""
        return [
            Interest(
                one.pk,
                self.cleaned_data[f"tie-{one.pk}"] == "yes",
                self.cleaned_data[f"why-{one.pk}"],
            )
            for one in self.asked
        ]


def mark_field_name(quote: int, ground: int) -> str:
    """What the field of a mark is called on the page."""
    return f"mark-{quote}-{ground}"


class MarksForm(forms.Form):
    """The marks of one side, for every quote on every ground that people judge."""

    def __init__(self, *args: Any, comparison: QuoteComparison, side: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys: list[tuple[int, int]] = []
        for quote in comparison.to_mark:
            marks = comparison.marks.get(quote.pk, {})
            for ground in comparison.grounds:
                if ground.kind == GroundKind.PRICE:
                    continue
                given = marks.get(ground.pk, {}).get(side)
                self.keys.append((quote.pk, ground.pk))
                self.fields[mark_field_name(quote.pk, ground.pk)] = forms.TypedChoiceField(
                    label=f"{ground.name} – {quote.invitation.provider}",
                    choices=[("", "–"), *((str(mark), number(mark)) for mark in _MARKS)],
                    coerce=Decimal,
                    empty_value=None,
                    required=False,
                    initial=str(given.mark) if given else "",
                    widget=forms.Select(attrs={"class": "form-select form-select-sm mark"}),
                )

    def marks(self) -> list[Mark]:
        """The marks that were given."""
        return [
            Mark(quote, ground, mark)
            for quote, ground in self.keys
            if (mark := self.cleaned_data[mark_field_name(quote, ground)]) is not None
        ]


class ChooseForm(forms.Form):
    """Why this quote is chosen."""

    reason = forms.CharField(
        label=gettext_lazy("Why this one?"), widget=text_area(4), max_length=4000, required=False
    )


SIDES = tuple(Judging)
