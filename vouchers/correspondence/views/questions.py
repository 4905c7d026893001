"""Questions that anybody may ask about a call, and the answers that everybody reads."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.queries.history import timeline
from conduct.views import ask_why, refusal_beside
from vouchers.calls.models import Call
from vouchers.calls.queries import calls_visible_to
from vouchers.correspondence import actions
from vouchers.correspondence.forms import AnswerForm, AskForm
from vouchers.correspondence.models import PublicQuestion
from vouchers.correspondence.panels import shown_questions
from vouchers.correspondence.permissions import may_answer_questions, may_read_all_questions
from vouchers.correspondence.queries import published_answers, questions_visible_to

from .lists import QuestionList

IN_FEED = 50


def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """The answers about a call, with a search; whoever is logged in may ask."""
    call = _published_call(request, slug)
    form = AskForm(request.POST or None)
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if form.is_valid():
            with refusal_beside(form):
                actions.ask_question(
                    call, **form.cleaned_data, language=get_language(), by=request.user
                )
                messages.success(request, _("Thank you. You get a message when it is answered."))
                return redirect("correspondence:questions", call.slug)
    text = request.GET.get("text", "").strip()
    context = shown_questions(request, call, form=form, text=text)
    return render(request, "correspondence/questions.html", context)


@login_required
def everything(request: PersonRequest) -> HttpResponseBase:
    """Every question with who asked it, for those who answer and for auditors."""
    return QuestionList(request).answer()


@login_required
def answer(request: PersonRequest, pk: int) -> HttpResponse:
    """Answer a question for everybody, or correct what is published."""
    asked = get_object_or_404(_visible(request), pk=pk)
    may_answer = may_answer_questions.test(request.user)
    form = AnswerForm(request.POST or None, asked=asked)
    if request.method == "POST":
        require(may_answer_questions, request.user)
        if form.is_valid():
            with refusal_beside(form):
                _publish(request, asked, form)
                return redirect(asked)
    context = {
        "asked": asked,
        "form": form,
        "may_answer": may_answer,
        "entries": timeline(asked),
    }
    return render(request, "correspondence/answer.html", context)


@login_required
def set_aside(request: PersonRequest, pk: int) -> HttpResponse:
    """Publish no answer, and tell the asker why."""
    asked = get_object_or_404(_visible(request), pk=pk)
    require(may_answer_questions, request.user)
    return ask_why(
        request,
        lambda reason: actions.set_question_aside(asked, by=request.user, reason=reason),
        about=asked,
        heading=_("Set the question aside"),
        label=_("Set aside, and tell who asked"),
        told=_("The question is set aside, and whoever asked is told why."),
        back=reverse("correspondence:everything"),
    )


class AnswersFeed(Feed):
    """The published answers about a call, for feed readers."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, slug: str) -> Call:
        return _published_call(request, slug)

    def title(self, call: Call) -> str:
        return _("%(call)s: questions and answers") % {"call": call}

    def link(self, call: Call) -> str:
        return reverse("correspondence:questions", args=[call.slug])

    def items(self, call: Call) -> QuerySet[PublicQuestion]:
        return published_answers(call).select_related("call")[:IN_FEED]

    def item_title(self, item: PublicQuestion) -> str:
        return str(item.question)

    def item_description(self, item: PublicQuestion) -> str:
        return str(item.answer)

    def item_pubdate(self, item: PublicQuestion) -> datetime | None:
        return item.published_at


def _publish(request: PersonRequest, asked: PublicQuestion, form: AnswerForm) -> None:
    if asked.state == PublicQuestion.State.PUBLISHED:
        actions.correct_answer(asked, by=request.user, **form.cleaned_data)
        messages.success(request, _("The published answer is changed."))
    else:
        actions.publish_answer(asked, by=request.user, **form.cleaned_data)
        messages.success(
            request, _("The answer is published; whoever asked or writes on a draft is told.")
        )


def _published_call(request: HttpRequest, slug: str) -> Call:
    calls = calls_visible_to(request.user).exclude(state=Call.State.DRAFT)
    return get_object_or_404(calls, slug=slug)


def _visible(request: PersonRequest) -> QuerySet[PublicQuestion]:
    """What the person may read; nobody else finds the page at all."""
    if not may_read_all_questions.test(request.user):
        raise Http404
    return questions_visible_to(request.user)
