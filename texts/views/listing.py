"""The list of all texts that coordinators own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.middleware import PersonRequest
from texts import queries
from texts.actions import TextPlace
from texts.forms import ScopeForm
from texts.kinds import Family, OwnedKind, kinds_of
from texts.models import TextVersion

from .places import address_of, require_reader


@dataclass(frozen=True)
class _InLanguage:
    """One text in the list: where it is written, and the version that holds, if any."""

    code: str
    name: str
    url: str
    version: TextVersion | None


@login_required
@require_GET
def texts(request: PersonRequest) -> HttpResponse:
    """Every kind of letter and e-mail by its topic, and in which languages it has its own wording."""
    require_reader(request)
    form = _scope_form(request)
    call = form.cleaned_data.get("call") if form.is_valid() else None
    found = queries.versions_in_force().filter(text__call=call)
    held = {
        (one.text.family, one.text.kind, one.text.language): one
        for one in found
        if not one.is_reset
    }
    rows = [
        (
            kind,
            [_in_language(kind, code, str(name), call, held) for code, name in settings.LANGUAGES],
        )
        for kind in _wanted(form, call)
    ]
    context = {
        "form": form,
        "call": call,
        "groups": [
            (group, list(found))
            for group, found in groupby(rows, lambda row: (row[0].family, str(row[0].group)))
        ],
    }
    return render(request, "texts/list.html", context)


def _scope_form(request: PersonRequest) -> ScopeForm:
    form = ScopeForm(request.GET)
    form.fields["call"].queryset = queries.calls_with_texts()  # type: ignore[attr-defined]
    return form


def _wanted(form: ScopeForm, call: Model | None) -> list[OwnedKind]:
    """The kinds that the filters leave, letters first."""
    typed = form.cleaned_data if form.is_valid() else {}
    families = [Family(typed["family"])] if typed.get("family") else [Family.LETTER, Family.MAIL]
    words = typed.get("words", "").casefold()
    return [
        kind
        for family in families
        for kind in kinds_of(family).values()
        if (kind.of_a_call or call is None)
        and (not words or words in f"{kind.title} {kind.slug} {kind.built_in()}".casefold())
    ]


def _in_language(
    kind: OwnedKind,
    code: str,
    name: str,
    call: Model | None,
    held: Mapping[tuple[str, str, str], TextVersion],
) -> _InLanguage:
    url = address_of(TextPlace(kind, code, call))
    return _InLanguage(code, name, url, held.get((kind.family, kind.slug, code)))
