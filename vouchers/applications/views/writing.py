"""Writing an application, section by section: pages that save, and saving while one types."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from conduct.actions import Refused, require
from conduct.views import refusal_beside, refused_status
from vouchers.applications import actions, queries
from vouchers.applications.actions.presence import note_presence
from vouchers.applications.forms.answers import (
    lines_wanted,
    typed_contents,
    versions_seen,
    whole_number,
)
from vouchers.applications.forms.writing import StartForm
from vouchers.applications.models import Application
from vouchers.applications.permissions import may_edit_application
from vouchers.applications.queries.answers import Content
from vouchers.applications.queries.copying import earlier_applications
from vouchers.applications.queries.filled_forms import FilledForm, FilledSection, Item
from vouchers.calls.models import Question
from vouchers.calls.queries import calls_visible_to

from .finding import draft_for


@login_required
def start(request: HttpRequest, slug: str) -> HttpResponse:
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
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the first section in which something is to be done."""
    application = draft_for(request, pk)
    sections = queries.filled_form(application).sections
    if not sections:
        raise Http404
    waiting = next((section for section in sections if not section.is_complete), sections[0])
    return redirect("applications:section", application.pk, waiting.section.position)


@login_required
@never_cache
def section(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """One section of a draft. “Save” works without JavaScript; typing saves by itself with it."""
    application = draft_for(request, pk)
    if request.method == "POST":
        return _saved_page(request, application, place)
    filled = queries.filled_form(application)
    note_presence(application, request.user, place)
    return _section_page(request, application, filled, place)


@require_POST
@never_cache
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """Save while somebody types, and tell what others did; without a change it only tells.

    Takes the fields that changed, as `forms.answers` describes them, with `seen_<id>` for every question
    that the page shows, `place`, the section in which the person is, and `person`, the id of who
    typed: somebody else may be logged in by now. Answers with JSON:
    `saved` (version by question id), `overtaken` and `changed` (answers as they now stand, which
    were not overwritten, and which others changed), `problems` (sentences by question id), `shown`
    (ids of the questions that are shown), `sections` (done, wanted and problems by place) and
    `others` (who else is here). 401 without a session of that person; 409
    with the sentence of a refusal, 507 where there is no room.
    """
    if not request.user.is_authenticated or not _is_who_typed(request):
        return JsonResponse({"refused": _("You are no longer logged in.")}, status=401)
    application = get_object_or_404(queries.applications_visible_to(request.user), pk=pk)
    questions = list(application.call.questions.all())
    contents = typed_contents(request.POST, questions)
    seen = versions_seen(request.POST, questions)
    try:
        if not contents:
            # The action asks for the same, and each question to the database counts here.
            require(may_edit_application, request.user, application)
        overtaken = _save(application, contents, seen, request)
    except Refused as refusal:
        return JsonResponse({"refused": str(refusal)}, status=refused_status(refusal))
    place = whole_number(request.POST.get("place", "")) or 1
    others = note_presence(application, request.user, place)
    filled = queries.filled_form(application, questions=questions)
    refused = {item.question.pk for item in overtaken}
    news = [item for item in filled.items if f"seen_{item.question.pk}" in request.POST]
    return JsonResponse(
        {
            "saved": _versions(filled, contents.keys() - refused),
            "overtaken": [_standing(i) for i in filled.items if i.question.pk in refused],
            "changed": [
                _standing(item)
                for item in news
                if item.question.pk not in contents and item.version > seen[item.question.pk]
            ],
            "problems": _problems(filled),
            "shown": [item.question.pk for item in filled.shown],
            "sections": [_progress(part) for part in filled.sections],
            "others": [{"name": other.name, "place": other.place} for other in others],
        }
    )


@never_cache
def session(request: HttpRequest, pk: int) -> JsonResponse:
    """Who is logged in now, and the token with which a page that was left open may go on.

    401 without a session, 404 for somebody who may not see the application.
    """
    if not request.user.is_authenticated:
        return JsonResponse({}, status=401)
    get_object_or_404(queries.applications_visible_to(request.user), pk=pk)
    return JsonResponse({"person": request.user.pk, "token": get_token(request)})


def _is_who_typed(request: HttpRequest) -> bool:
    return request.POST.get("person", str(request.user.pk)) == str(request.user.pk)


def _save(
    application: Application,
    contents: dict[int, Content],
    seen: dict[int, int],
    request: HttpRequest,
) -> list[actions.Overtaken]:
    if not contents:
        return []
    return actions.save_answers(application, contents, seen=seen, by=request.user)


def _saved_page(request: HttpRequest, application: Application, place: int) -> HttpResponse:
    """Save the section, then lead on, or show it again with what prevents it from being saved."""
    questions = list(application.call.questions.filter(section__position=place))
    contents = typed_contents(request.POST, questions)
    seen = versions_seen(request.POST, questions)
    refused, overtaken = "", []
    try:
        overtaken = _save(application, contents, seen, request)
    except Refused as refusal:
        refused = str(refusal)
    if refused or overtaken:
        # Saving once more, with what others wrote before one's eyes, replaces it.
        now_seen = {**seen, **{item.question.pk: item.theirs.version for item in overtaken}}
        filled = queries.filled_form(application, contents=contents, seen=now_seen)
        extra = {"refused": refused, "overtaken": overtaken}
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


def _versions(filled: FilledForm, questions: set[int]) -> dict[int, int]:
    return {
        item.question.pk: item.version for item in filled.items if item.question.pk in questions
    }


def _problems(filled: FilledForm) -> dict[int, list[str]]:
    return {
        item.question.pk: [str(problem) for problem in item.problems]
        for item in filled.items
        if item.problems
    }


def _standing(item: Item) -> dict[str, Any]:
    """An answer as it is now, for a page that shows an older one."""
    return {
        "question": item.question.pk,
        "version": item.version,
        "text": item.text,
        "rows": item.rows,
        "by": str(item.answer.changed_by) if item.answer else "",
        "at": item.answer.changed_at.isoformat() if item.answer else "",
    }


def _progress(part: FilledSection) -> dict[str, int]:
    return {
        "place": part.section.position,
        "done": part.done,
        "wanted": part.wanted,
        "problems": part.problem_count,
    }
