"""The texts that coordinators own: the list of kinds, one text, its versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.middleware import PersonRequest
from conduct.actions import Refused, require
from conduct.views import refusal_beside
from inputs.rules.numbers import sent_number

from . import actions, queries
from .forms import ScopeForm, WordingForm, direction_of
from .kinds import Family, OwnedKind, drawing_of, kind_of, kinds_of
from .models import TextVersion
from .permissions import may_read_texts, may_write_texts
from .rules.comparing import compared
from .wording.samples import explained, shown

# The last versions, which the page of a text lists.
_VERSIONS_SHOWN = 30


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
    _require_reader(request)
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


@login_required
def text(request: PersonRequest, family: str, kind: str, language: str) -> HttpResponse:
    """One text: a box for each passage, the placeholders, the sample, the versions."""
    _require_reader(request)
    place = _place(request, family, kind, language)
    versions = list(_versions(place)[:_VERSIONS_SHOWN])
    held = _held(place, versions[0] if versions else None)
    seen = versions[0].number if versions else 0
    form = WordingForm(place.kind, language, request.POST or None, initial={**held, "seen": seen})
    theirs = None
    if request.method == "POST" and form.is_valid():
        require(may_write_texts, request.user)
        held = form.passages
        if request.POST.get("do") == "draw":
            return _drawn(place, held)
        if request.POST.get("do") != "show":
            with refusal_beside(form):
                try:
                    actions.save_wording(
                        place, held, seen=form.cleaned_data["seen"], by=request.user
                    )
                except actions.ChangedMeanwhile as changed:
                    theirs = changed.theirs
                    form.now_seen(theirs.number)
                    raise
                messages.success(
                    request, _("Saved. What is issued or sent from now on says it so.")
                )
                return redirect(_address(place))
    context = {
        "place": place,
        "form": form,
        "action": _address(place),
        "reset_action": _address(place, "texts:reset"),
        "theirs": _told_apart(theirs, _built_in(place), held) if theirs else None,
        "their_version": theirs,
        "versions": versions,
        "owned": bool(versions) and not versions[0].is_reset,
        "built_in": [(one, _built_in(place)[one.slug]) for one in place.kind.passages],
        "explained": explained(place.kind, language),
        "sample": shown(place.kind, held, language) if form.is_valid() or not form.is_bound else [],
        "may_write": may_write_texts.test(request.user),
        "can_draw": drawing_of(place.kind.family) is not None,
        "language_name": dict(settings.LANGUAGES)[language],
        "direction": direction_of(language),
    }
    return render(request, "texts/text.html", context)


@login_required
@require_POST
def reset(request: PersonRequest, family: str, kind: str, language: str) -> HttpResponse:
    """Put the wording back that holds without this text."""
    _require_reader(request)
    require(may_write_texts, request.user)
    place = _place(request, family, kind, language)
    seen = sent_number(request.POST.get("seen", ""))
    try:
        actions.reset_wording(place, seen=seen, by=request.user)
    except actions.ChangedMeanwhile:
        messages.error(request, _("Somebody else has saved this text meanwhile. Look at it first."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The wording that was there before holds again."))
    return redirect(_address(place))


@login_required
@require_GET
def version(request: PersonRequest, pk: int) -> HttpResponse:
    """One version beside another of the same text: the one before it, unless `with` names one."""
    _require_reader(request)
    one = get_object_or_404(queries.text_versions(), pk=pk)
    kind = one.text.owned_kind
    if kind is None:
        raise Http404
    place = actions.TextPlace(kind, one.text.language, one.text.call)
    versions = list(_versions(place))
    other = _other(request, one, versions)
    context = {
        "version": one,
        "other": other,
        "versions": versions,
        "place": place,
        "address": _address(place),
        "passages": _told_apart(one, _built_in(place), other.passages if other else {}),
        "direction": direction_of(one.text.language),
    }
    return render(request, "texts/version.html", context)


def _require_reader(request: PersonRequest) -> None:
    if not may_read_texts.test(request.user):
        raise Http404


def _scope_form(request: PersonRequest) -> ScopeForm:
    form = ScopeForm(request.GET)
    form.fields["call"].queryset = queries.calls_with_texts()  # type: ignore[attr-defined]
    return form


def _place(request: PersonRequest, family: str, slug: str, language: str) -> actions.TextPlace:
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


def _address(place: actions.TextPlace, name: str = "texts:text") -> str:
    url = reverse(name, args=[place.kind.family.value, place.kind.slug, place.language])
    return f"{url}?call={place.call.pk}" if place.call else url


def _versions(place: actions.TextPlace) -> Any:
    return queries.versions_at(place.kind.family, place.kind.slug, place.language, place.call)


def _built_in(place: actions.TextPlace) -> dict[str, str]:
    with translation.override(place.language):
        return place.kind.built_in()


def _held(place: actions.TextPlace, newest: TextVersion | None) -> dict[str, str]:
    """The wording that is said today: what the call says, else all calls, else what is built in."""
    general = actions.TextPlace(place.kind, place.language)
    of_all = _versions(general).first() if place.call else None
    return {
        **_built_in(place),
        **(of_all.passages if of_all else {}),
        **(newest.passages if newest else {}),
    }


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
    url = _address(actions.TextPlace(kind, code, call))
    return _InLanguage(code, name, url, held.get((kind.family, kind.slug, code)))


def _other(
    request: PersonRequest, one: TextVersion, versions: list[TextVersion]
) -> TextVersion | None:
    wanted = request.GET.get("with", "")
    by_number = {str(each.number): each for each in versions}
    if wanted and wanted not in by_number:
        raise Http404
    return by_number.get(wanted or str(one.number - 1))


def _told_apart(
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


def _drawn(place: actions.TextPlace, passages: Mapping[str, str]) -> HttpResponse:
    """The sample as the file that a letter is."""
    draw = drawing_of(place.kind.family)
    if draw is None:
        raise Http404
    return HttpResponse(
        draw(place.kind, passages, place.language),
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="preview.pdf"'},
    )
