"""What a coordinator types to draw an amendment up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from conduct.forms import DayInput
from vouchers.endings.rules.articles import Article


class AgreementAmendmentForm(forms.Form):
    """Why, by when it is to be signed, and for each article what stands in it from then on.

    An article that is left empty stays as it is. `stated` says in which language they are signed.
    """

    reason = forms.CharField(
        label=_("Why is the agreement amended?"),
        help_text=_("The cluster reads it, and it stands in the amendment."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    sign_by = forms.DateField(
        label=_("To be signed by the cluster by"),
        help_text=_("After this day the amendment lapses, and the agreement stays as it is."),
        widget=DayInput(),
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, articles: Sequence[Article], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.articles = articles
        for one in articles:
            self.fields[_name(one)] = forms.CharField(
                label=_("What stands from now on"),
                required=False,
                max_length=5000,
                widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            )

    def rows(self) -> Iterator[tuple[Article, forms.BoundField]]:
        """Each article that can be amended, with its field."""
        return ((one, self[_name(one)]) for one in self.articles)

    def changes(self) -> dict[int, str]:
        """What was typed, by the number of the article."""
        typed = ((one.number, self.cleaned_data[_name(one)]) for one in self.articles)
        return {number: text for number, text in typed if text}


def _name(article: Article) -> str:
    return f"article_{article.number}"
