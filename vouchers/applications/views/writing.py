"""Writing an application, section by section, on pages that save."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.middleware import PersonRequest
from conduct.actions import Refused
from conduct.views import refusal_beside
from drafts.actions import note_presence
from drafts.rules import versions_seen
from vouchers.applications import actions, queries
from vouchers.applications.forms.answers import (
    lines_wanted,
    typed_contents,
    whole_number,
)
from vouchers.applications.forms.writing import StartForm
from vouchers.applications.models import Application
from vouchers.applications.queries.answers import Content
from vouchers.applications.queries.copying import earlier_applications
from vouchers.applications.queries.filled_forms import FilledForm
from vouchers.calls.models import Question
from vouchers.calls.queries import calls_visible_to

from .finding import draft_for


@login_required
def start(request: PersonRequest, slug: str) -> HttpResponse:
    """Start an application to a call."""
    call = get_object_or_404(calls_visible_to(request.user), slug=slug)
    clusters = queries.clusters_that_may_start(request.user, call)
    form = StartForm(request.POST or None, clusters=clusters, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            application = actions.start_application(call, **form.cleaned_data, by=request.user)
            return redirect("applications:edit", application.pk)
    context = {"form": form, "call": call, "clusters": clusters}
    return render(request, "applications/start.html", context)


@login_required
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Lead to the first section in which something is to be done."""
    application = draft_for(request, pk)
    sections = queries.filled_form(application).sections
    if not sections:
        raise Http404
    waiting = next((section for section in sections if not section.is_complete), sections[0])
    return redirect("applications:section", application.pk, waiting.section.position)


@login_required
@never_cache
def section(request: PersonRequest, pk: int, place: int) -> HttpResponse:
    """One section of a draft. “Save” works without JavaScript; typing saves by itself with it."""
    application = draft_for(request, pk)
    if request.method == "POST":
        return _saved_page(request, application, place)
    filled = queries.filled_form(application)
    note_presence(application, request.user, place)
    return _section_page(request, application, filled, place)


def _save(
    application: Application,
    contents: dict[int, Content],
    seen: dict[int, int],
    request: PersonRequest,
) -> list[actions.Overtaken]:
    if not contents:
        return []
    return actions.save_answers(application, contents, seen=seen, by=request.user)


def _saved_page(request: PersonRequest, application: Application, place: int) -> HttpResponse:
    """Save the section, then lead on, or show it again with what prevents it from being saved."""
    questions = list(application.call.questions.filter(section__position=place))
    contents = typed_contents(request.POST, questions)
    seen = versions_seen(request.POST, [question.pk for question in questions])
    refused, overtaken = "", []
    try:
        overtaken = _save(application, contents, seen, request)
    except Refused as refusal:
        refused = str(refusal)
    if refused or overtaken:
        # Saving once more, with what others wrote before one's eyes, replaces it.
        now_seen = {**seen, **{item.question.pk: item.theirs.version for item in overtaken}}
        filled = queries.filled_form(application, contents=contents, seen=now_seen)
        extra: dict[str, Any] = {"refused": refused, "overtaken": overtaken}
        return _section_page(request, application, filled, place, **extra)
    if "add_line" in request.POST:
        filled = queries.filled_form(application)
        return _section_page(request, application, filled, place, lines=lines_wanted(request.POST))
    messages.success(request, _("Saved."))
    following = request.POST.get("go", "")
    if following == "review":
        return redirect("applications:review", application.pk)
    onwards = whole_number(following) or place
    return redirect("applications:section", application.pk, onwards)


def _section_page(
    request: HttpRequest,
    application: Application,
    filled: FilledForm,
    place: int,
    *,
    lines: dict[int, int] | None = None,
    **extra: Any,
) -> HttpResponse:
    places = [part.section.position for part in filled.sections]
    if place not in places:
        raise Http404
    here = places.index(place)
    return render(
        request,
        "applications/edit.html",
        {
            "application": application,
            "filled": filled,
            "here": filled.sections[here],
            "place": place,
            "before": places[here - 1] if here else None,
            "after": places[here + 1] if here + 1 < len(places) else None,
            "lines": lines or {},
            "asks_files": any(
                item.question.kind == Question.Kind.FILE for item in filled.sections[here].items
            ),
            # Offered where one begins; the last look offers it again.
            "may_copy": not here and earlier_applications(application).exists(),
            **extra,
        },
    )
