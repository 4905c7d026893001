"""What is typed and chosen about lists, likenesses and their lists."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jobs.models import MadeJob
from lists.forms import ListFilters, WordsFilter

from .models import HitDecision, SanctionsHit
from .queries.lists import UNDECIDED, with_hits


class SanctionsFileForm(forms.Form):
    """A file of the EU consolidated list."""

    file = forms.FileField(
        label=_("File of the list"),
        help_text=_(
            "The European Commission’s consolidated list of financial sanctions, as XML (full list "
            "1.1) or CSV (1.1), at most 50 MB. Nothing is fetched from the network."
        ),
        widget=forms.FileInput(attrs={"accept": ".xml,.csv"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Download the list again, and choose it anew."),
        },
    )


class VerdictForm(forms.Form):
    """Whether it is the same person, and how that is known."""

    verdict = forms.ChoiceField(
        label=_("Is it the same?"),
        choices=[
            (HitDecision.Verdict.OTHER, _("No, somebody else who has a like name")),
            (HitDecision.Verdict.SAME, _("Yes, it is the same: nothing may be paid")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    reason = forms.CharField(
        label=_("How do you know?"),
        help_text=_(
            "For example: born in another year, according to the copy of the passport of 3 May 2026."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        max_length=2000,
        error_messages={"required": _("Say how you know.")},
    )


class SanctionsListFilters(ListFilters):
    """The name of the file, and where the list stands."""

    text = WordsFilter("name", "sha256", label=_("File or SHA-256"))
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=MadeJob.State.choices, empty_label=_("All states")
    )


class HitFilters(ListFilters):
    """Text in the name, the payee or the entry; what is decided, and whether the screening stands."""

    text = WordsFilter(
        "name",
        "screening__provider__name",
        "screening__cluster__name",
        "alias__name",
        "entity__reference",
        label=_("Name, payee or entry of the list"),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=SanctionsHit.State.choices, empty_label=_("All states")
    )
    which = django_filters.ChoiceFilter(
        label=pgettext_lazy("likenesses", "Which"),
        choices=[
            ("waiting", _("to be decided")),
            ("standing", _("of screenings that stand")),
        ],
        empty_label=_("All likenesses, earlier ones too"),
        method="narrowed",
    )

    def narrowed(
        self, hits: QuerySet[SanctionsHit], _name: str, which: Any
    ) -> QuerySet[SanctionsHit]:
        hits = hits.filter(screening__ended_at=None)
        return hits.filter(state__in=UNDECIDED) if which == "waiting" else hits


class ScreeningFilters(ListFilters):
    """Text in the payee, and which kind of payee."""

    text = WordsFilter("provider__name", "cluster__name", label=_("Payee"))
    payee = django_filters.ChoiceFilter(
        label=_("Kind of payee"),
        choices=[("provider", _("providers")), ("cluster", _("clusters"))],
        empty_label=_("All payees"),
        method="of_kind",
    )
    hits = django_filters.ChoiceFilter(
        label=_("Likenesses"),
        choices=[("open", _("to be decided")), ("same", pgettext_lazy("likeness", "the same"))],
        empty_label=_("All screenings"),
        method="with_hits",
    )

    def of_kind(self, found: QuerySet[Any], _name: str, kind: str) -> QuerySet[Any]:
        return found.exclude(**{kind: None})

    def with_hits(self, found: QuerySet[Any], _name: str, which: str) -> QuerySet[Any]:
        return with_hits(found, UNDECIDED if which == "open" else [SanctionsHit.State.SAME])
