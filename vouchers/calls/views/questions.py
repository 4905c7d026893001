"""The application form of a draft: its outline, its sections and questions, its preview."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.views import refusal_beside
from vouchers.calls import actions, queries
from vouchers.calls.forms.questions import QuestionForm, SectionForm, initial_of, typed_values
from vouchers.calls.models import Call, Question, Section
from vouchers.calls.queries.checklist import steps

from .finding import draft_of, require_reader

SHOW_KIND = "show_kind"


@login_required
def outline(request: PersonRequest, slug: str) -> HttpResponse:
    """The whole form of a draft, with what to do to each section and question."""
    call = draft_of(request, slug)
    listed = steps(call)
    here = next(step for step in listed if step.name == "form")
    return render(request, "calls/outline.html", {"call": call, "steps": listed, "here": here})


@login_required
def add_section(request: PersonRequest, slug: str) -> HttpResponse:
    """Add a section to the form."""
    call = draft_of(request, slug)
    form = SectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            section = actions.add_section(call, by=request.user, **form.cleaned_data)
            messages.success(request, _("The section is added. Now add its questions."))
            return _to_outline(call, f"section-{section.pk}")
    return render(request, "calls/section.html", {"call": call, "form": form})


@login_required
def edit_section(request: PersonRequest, slug: str, section_pk: int) -> HttpResponse:
    """Change a section."""
    call = draft_of(request, slug)
    section = get_object_or_404(call.sections, pk=section_pk)
    standing = {"title": section.title, "help_text": section.help_text}
    form = SectionForm(request.POST or None, initial=standing)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.change_section(section, by=request.user, **form.cleaned_data)
            return _to_outline(call, f"section-{section.pk}")
    return render(request, "calls/section.html", {"call": call, "form": form, "section": section})


@login_required
@require_POST
def arrange_section(request: PersonRequest, slug: str, section_pk: int) -> HttpResponse:
    """Move a section, or remove it."""
    call = draft_of(request, slug)
    section = get_object_or_404(call.sections, pk=section_pk)
    if "remove" in request.POST:
        actions.remove_section(section, by=request.user)
        return _to_outline(call, "outline")
    actions.move_section(section, back="back" in request.POST, by=request.user)
    return _to_outline(call, f"section-{section.pk}")


@login_required
def add_question(request: PersonRequest, slug: str, section_pk: int) -> HttpResponse:
    """Add a question to a section."""
    call = draft_of(request, slug)
    section = get_object_or_404(call.sections, pk=section_pk)
    return _question_page(request, call, section, None)


@login_required
def edit_question(request: PersonRequest, slug: str, question_pk: int) -> HttpResponse:
    """Change a question."""
    call = draft_of(request, slug)
    question = get_object_or_404(call.questions.select_related("section"), pk=question_pk)
    return _question_page(request, call, question.section, question)


@login_required
@require_POST
def arrange_question(request: PersonRequest, slug: str, question_pk: int) -> HttpResponse:
    """Move a question, or remove it."""
    call = draft_of(request, slug)
    question = get_object_or_404(call.questions, pk=question_pk)
    if "remove" in request.POST:
        actions.remove_question(question, by=request.user)
        return _to_outline(call, f"section-{question.section_id}")
    actions.move_question(question, back="back" in request.POST, by=request.user)
    return _to_outline(call, f"question-{question.pk}")


@login_required
def preview(request: PersonRequest, slug: str) -> HttpResponse:
    """The form as a cluster will see it, in each language, wide or as on a telephone."""
    require_reader(request)
    calls = queries.with_terms(queries.calls_visible_to(request.user))
    call = get_object_or_404(calls, slug=slug)
    language = request.GET.get("language", translation.get_language() or "en")
    if language not in dict(settings.LANGUAGES):
        raise Http404
    context = {
        "call": call,
        "shown_in": language,
        "languages": settings.LANGUAGES,
        "narrow": "telephone" in request.GET,
    }
    with translation.override(language):
        return render(request, "calls/preview.html", context)


def _question_page(
    request: PersonRequest, call: Call, section: Section, question: Question | None
) -> HttpResponse:
    """One question of a draft; choosing another kind shows its fields, and what was typed stays."""
    standing = initial_of(question) if question else {"section": section.pk}
    kind = request.POST.get("kind") or str(standing.get("kind") or Question.Kind.LONG_TEXT)
    choosing = request.method == "POST" and SHOW_KIND in request.POST
    form = QuestionForm(
        request.POST if request.method == "POST" and not choosing else None,
        initial=typed_values(request.POST) if choosing else standing,
        call=call,
        kind=kind,
        earlier=queries.questions_to_depend_on(call, question),
    )
    if form.is_bound and form.is_valid():
        with refusal_beside(form):
            saved = _save_question(request, question, form)
            return _to_outline(call, f"question-{saved.pk}")
    page = (
        "calls/_question_form.html" if request.headers.get("HX-Request") else "calls/question.html"
    )
    return render(
        request, page, {"call": call, "form": form, "question": question, "section": section}
    )


def _save_question(
    request: PersonRequest, question: Question | None, form: QuestionForm
) -> Question:
    terms = form.terms()
    if question:
        return actions.change_question(question, by=request.user, **terms)
    return actions.add_question(terms.pop("section"), by=request.user, **terms)


def _to_outline(call: Call, anchor: str) -> HttpResponse:
    return redirect(f"{reverse('calls:form', args=[call.slug])}#{anchor}")
