"""What an address of the texts names, and what holds there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation

from accounts.middleware import PersonRequest
from inputs.rules.numbers import sent_number
from texts import actions, queries
from texts.kinds import kind_of
from texts.models import TextVersion
from texts.permissions import may_read_texts
from texts.rules.comparing import compared


def require_reader(request: PersonRequest) -> None:
    """Raise Http404 for who reads no texts."""
    if not may_read_texts.test(request.user):
        raise Http404


def place_of(request: PersonRequest, family: str, slug: str, language: str) -> actions.TextPlace:
    """What the address names; 404 where there is no such kind, language or call."""
    kind = kind_of(family, slug)
    if kind is None or language not in dict(settings.LANGUAGES):
        raise Http404
    asked = request.GET.get("call", "")
    if not asked:
        return actions.TextPlace(kind, language)
    if not kind.of_a_call:
        raise Http404
    call = get_object_or_404(queries.calls_with_texts(), pk=sent_number(asked))
    return actions.TextPlace(kind, language, call)


def address_of(place: actions.TextPlace, name: str = "texts:text") -> str:
    """The address of a page about the text there."""
    url = reverse(name, args=[place.kind.family.value, place.kind.slug, place.language])
    return f"{url}?call={place.call.pk}" if place.call else url


def versions_at(place: actions.TextPlace) -> QuerySet[TextVersion]:
    """The versions there, the newest first."""
    return queries.versions_at(place.kind.family, place.kind.slug, place.language, place.call)


def built_in_at(place: actions.TextPlace) -> dict[str, str]:
    """The wording that the portal has there of its own."""
    with translation.override(place.language):
        return place.kind.built_in()


def told_apart(
    one: TextVersion, built_in: Mapping[str, str], before: Mapping[str, str]
) -> list[tuple[Any, Any]]:
    """Each passage of a version with what differs from another wording."""
    kind = one.text.owned_kind
    after = {**built_in, **one.passages}
    before = {**built_in, **before}
    return [
        (passage, compared(before[passage.slug], after[passage.slug]))
        for passage in (kind.passages if kind else ())
    ]
