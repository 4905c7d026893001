"""Writing an application and following it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.permissions import is_coordinator, is_officer
from documents.queries import documents_about
from records.acting import require
from records.history import timeline
from records.states import require_state
from records.views import refusal_beside
from vouchers.calls.models import Question
from vouchers.calls.queries import calls_visible_to

from . import actions, queries
from .forms import (
    AnswersForm,
    StartForm,
    WithdrawalForm,
)
from .models import Answer, Application
from .permissions import may_edit_application, may_submit_application
from .steps import application_step


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
    """Write the answers of a draft; 'Save' works without JavaScript, typing saves with it."""
    application = _draft(request, pk)
    form = _answers_form(request, application)
    overtaken = []
    if request.method == "POST" and form.is_valid():
        overtaken = _save(request, application, form)
        if not overtaken:
            messages.success(request, _("Saved."))
            following = "applications:files" if "next" in request.POST else "applications:edit"
            return redirect(following, application.pk)
        form = _after_overtaking(request, application, overtaken)
    return render(
        request,
        "applications/edit.html",
        {"application": application, "form": form, "overtaken": overtaken, "rows": _rows(form)},
    )


@login_required
@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Save while typing: answers with the new versions, and with what somebody else changed."""
    application = _draft(request, pk)
    form = _answers_form(request, application)
    if not form.is_valid():
        return HttpResponse(status=422)
    overtaken = _save(request, application, form)
    overtaken_questions = {item.question.pk for item in overtaken}
    versions = {
        question.pk: answer.version
        for question, answer in _text_questions(application)
        if answer and question.pk not in overtaken_questions
    }
    context = {"application": application, "overtaken": overtaken, "versions": versions}
    return render(request, "applications/_saved.html", context)


@login_required
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """The files of a draft, question by question."""
    application = _draft(request, pk)
    items = [
        item
        for item in queries.filled_form(application).shown
        if item.question.kind == Question.Kind.FILE
    ]
    return render(request, "applications/files.html", {"application": application, "items": items})


@login_required
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """A last look at a draft, with what is still missing, before it is sent."""
    application = _draft(request, pk)
    return render(
        request,
        "applications/review.html",
        {
            "application": application,
            "filled": queries.filled_form(application),
            "problems": actions.problems_before_sending(application),
            "may_send": may_submit_application.test(request.user, application),
        },
    )


@login_required
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a draft to the country partner."""
    application = get_object_or_404(queries.applications_visible_to(request.user), pk=pk)
    application = actions.submit_application(application, by=request.user)
    messages.success(
        request,
        _("Your application arrived. Its reference is %(reference)s.")
        % {"reference": application.reference},
    )
    return redirect(application)


@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an application back."""
    application = get_object_or_404(queries.applications_visible_to(request.user), pk=pk)
    require(may_submit_application, request.user, application)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.withdraw_application(application, by=request.user, **form.cleaned_data)
            messages.success(request, _("The application is withdrawn."))
            return redirect(application)
    return render(request, "applications/withdraw.html", {"application": application, "form": form})


@login_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One application with everything that belongs to it."""
    application = get_object_or_404(
        queries.applications_visible_to(request.user).select_related("country__partner"), pk=pk
    )
    return render(
        request,
        "applications/detail.html",
        {
            "application": application,
            "filled": queries.filled_form(application),
            "documents": documents_about(*queries.records_with_letters(application)),
            "step": application_step(application, request.user),
            "may_withdraw": _may_withdraw(request.user, application),
            "may_score_list": is_officer.test(request.user) or is_coordinator.test(request.user),
            "entries": timeline(application),
        },
    )


def _draft(request: HttpRequest, pk: int) -> Application:
    """The draft, to those who may write in it; others are led to where it can be read."""
    application = get_object_or_404(queries.applications_visible_to(request.user), pk=pk)
    require(may_edit_application, request.user, application)
    require_state(application, Application.State.DRAFT)
    return application


def _may_withdraw(user: User, application: Application) -> bool:
    undecided = application.state in (
        Application.State.DRAFT,
        Application.State.SUBMITTED,
        Application.State.ELIGIBLE,
    )
    return undecided and may_submit_application.test(user, application)


def _answers_form(request: HttpRequest, application: Application) -> AnswersForm:
    return AnswersForm(request.POST or None, pairs=_text_questions(application))


def _save(
    request: HttpRequest, application: Application, form: AnswersForm
) -> list[actions.Overtaken]:
    return actions.save_answers(application, form.texts(), seen=form.seen(), by=request.user)


def _after_overtaking(
    request: HttpRequest, application: Application, overtaken: list[actions.Overtaken]
) -> AnswersForm:
    """The form again, with what was typed and the versions of now: saving once more replaces."""
    typed = request.POST.copy()
    for question, answer in _text_questions(application):
        typed[f"seen_{question.pk}"] = str(answer.version if answer else 0)
    return AnswersForm(typed, pairs=_text_questions(application))


def _text_questions(application: Application) -> list[tuple[Question, Answer | None]]:
    return [
        (item.question, item.answer)
        for item in queries.filled_form(application).shown
        if item.question.kind in Question.TEXTS
    ]


def _rows(form: AnswersForm) -> list[dict[str, object]]:
    """What the template walks through: each question with its two fields."""
    return [
        {
            "question": question,
            "answer": form[f"answer_{question.pk}"],
            "seen": form[f"seen_{question.pk}"],
        }
        for question, _answer in form.pairs
    ]
