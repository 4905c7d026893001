"""Which letters of a round are made, and what its list is narrowed to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import django_filters
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from lists.forms import ListFilters, WordsFilter
from vouchers.awards.batches.letters import OF_ROUNDS
from vouchers.awards.batches.queries import OfKind


class BatchForm(forms.Form):
    """The kinds of letters that are to be made."""

    kinds = forms.MultipleChoiceField(
        label=_("Letters"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one kind of letter.")},
    )

    def __init__(self, *args: Any, found: Sequence[OfKind], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"kinds": [one.kind.slug for one in found if one.to_make]})
        super().__init__(*args, **kwargs)
        kinds = cast(forms.MultipleChoiceField, self.fields["kinds"])
        kinds.choices = [(one.kind.slug, one.kind.title) for one in found]


class LetterFilters(ListFilters):
    """Text in reference or addressee; kind, language and state."""

    text = WordsFilter("reference", "addressee", label=_("Search"))
    kind = django_filters.ChoiceFilter(
        label=_("Kind of letter"),
        choices=[(kind.slug, kind.title) for kind in OF_ROUNDS],
        empty_label=_("All kinds"),
    )
    language = django_filters.ChoiceFilter(
        label=_("Language"), choices=settings.LANGUAGES, empty_label=_("All languages")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=Document.State.choices, empty_label=_("All states")
    )
