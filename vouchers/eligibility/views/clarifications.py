"""Asking a cluster about its answers, answering, and reading before and after side by side."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import OutOfOrder, require, require_state
from conduct.views import ask_why, refusal_beside
from files.views.serving import kept_file
from vouchers.applications.models import Application
from vouchers.applications.permissions import may_edit_application, may_submit_application
from vouchers.applications.queries import applications_visible_to, filled_form
from vouchers.eligibility import actions, queries
from vouchers.eligibility.forms import ClarificationAnswerForm, ClarificationForm, FileForm
from vouchers.eligibility.models import Clarification, ClarificationItem
from vouchers.eligibility.panels import compared_items
from vouchers.eligibility.permissions import may_check_eligibility, may_read_check


@login_required
def ask(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask about named questions of a sent application."""
    application = get_object_or_404(applications_visible_to(request.user), pk=pk)
    require(may_check_eligibility, request.user, application)
    if request.method == "GET":
        require_state(application, Application.State.SUBMITTED)
    again = application.clarifications.exists()
    form = ClarificationForm(request.POST or None, application=application, again=again)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            values = {**form.cleaned_data, "questions": list(form.cleaned_data["questions"])}
            actions.ask_clarification(application, by=request.user, **values)
            messages.success(request, _("The cluster is asked, and told until when."))
            return redirect(application)
    context = {"application": application, "form": form, "filled": filled_form(application)}
    return render(request, "eligibility/ask.html", context)


@login_required
def clarification(request: PersonRequest, pk: int) -> HttpResponse:
    """What is asked: the cluster writes in it while it may, others read what came of it."""
    found = _visible(request, pk)
    if may_edit_application.test(request.user, found.application) and _is_asked(found):
        return _write(request, found)
    own = may_edit_application.test(request.user, found.application)
    shows_after = own or found.state != Clarification.State.ASKED
    return render(
        request,
        "eligibility/clarification.html",
        {
            "clarification": found,
            "application": found.application,
            "items": compared_items(found, shows_after=shows_after),
            "shows_after": shows_after,
            "may_end": found.state == Clarification.State.ASKED
            and may_check_eligibility.test(request.user, found.application),
        },
    )


@login_required
@require_POST
def save(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep what is typed while it is typed."""
    try:
        found = _written(request, pk)
        form = ClarificationAnswerForm(request.POST, items=queries.items_of(found))
        overtaken = _save(request, found, form)
    except OutOfOrder:
        return render(request, "eligibility/_too_late.html")
    context = {
        "overtaken": overtaken,
        "items": queries.items_of(found),
        "overtaken_ids": {item.pk for item in overtaken},
    }
    return render(request, "eligibility/_kept.html", context)


@login_required
@require_POST
def send(request: PersonRequest, pk: int) -> HttpResponse:
    """Send what the cluster wrote; what is in the form is saved first."""
    found = _written(request, pk)
    form = ClarificationAnswerForm(request.POST, items=queries.items_of(found))
    if _save(request, found, form):
        messages.error(request, _("A colleague changed an answer meanwhile: please look again."))
        return redirect(found)
    actions.answer_clarification(found, by=request.user)
    messages.success(request, _("Your answer arrived. The country partner goes on with the check."))
    return redirect(found.application)


@login_required
def end(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a clarification back."""
    found = _visible(request, pk)
    require(may_check_eligibility, request.user, found.application)
    return ask_why(
        request,
        lambda reason: actions.end_clarification(found, reason=reason, by=request.user),
        about=found.application,
        heading=_("End the clarification"),
        label=_("End it"),
        told=_("The clarification is ended, and the cluster is told."),
        back=found.application,
    )


@login_required
def add(request: PersonRequest, pk: int) -> HttpResponse:
    """Add a file to a question that is asked about."""
    item = get_object_or_404(queries.items_visible_to(request.user), pk=pk)
    require(may_edit_application, request.user, item.clarification.application)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.add_file(item, form.cleaned_data["file"], by=request.user)
            messages.success(request, _("The file is attached."))
            return redirect(item.clarification)
    return render(request, "eligibility/add_file.html", {"item": item, "form": form})


@login_required
def file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """A file that the cluster added, to those who may read it."""
    found = get_object_or_404(queries.files_visible_to(request.user), pk=pk)
    return kept_file(request, found)


@login_required
@require_POST
def remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Take out a file that was added and not sent yet."""
    found = get_object_or_404(queries.files_visible_to(request.user), pk=pk)
    actions.remove_file(found, by=request.user)
    messages.success(request, _("The file is removed."))
    return redirect(found.item.clarification)


def _visible(request: PersonRequest, pk: int) -> Clarification:
    """The clarification, to those who may read it: its cluster, who checks, and who audits."""
    found = get_object_or_404(queries.clarifications_visible_to(request.user), pk=pk)
    readers = may_read_check | may_edit_application
    if not readers.test(request.user, found.application) and not _represents(request, found):
        raise Http404
    return found


def _represents(request: PersonRequest, found: Clarification) -> bool:
    return found.application.cluster.representatives.filter(user=request.user).exists()


def _written(request: PersonRequest, pk: int) -> Clarification:
    found = _visible(request, pk)
    require(may_edit_application, request.user, found.application)
    require_state(found, Clarification.State.ASKED)
    return found


def _is_asked(found: Clarification) -> bool:
    return found.state == Clarification.State.ASKED and not found.is_overtaken


def _write(request: PersonRequest, found: Clarification) -> HttpResponse:
    form = ClarificationAnswerForm(
        request.POST or None, items=queries.items_of(found), initial={"reply": found.reply}
    )
    overtaken = []
    if request.method == "POST":
        overtaken = _save(request, found, form)
        if not overtaken:
            messages.success(request, _("Saved. Your partner reads it once you send it."))
            return redirect(found)
        form = ClarificationAnswerForm(request.POST, items=queries.items_of(found))
    return render(
        request,
        "eligibility/answer.html",
        {
            "clarification": found,
            "application": found.application,
            "form": form,
            "overtaken": overtaken,
            "may_send": may_submit_application.test(request.user, found.application),
        },
    )


def _save(
    request: PersonRequest, found: Clarification, form: ClarificationAnswerForm
) -> list[ClarificationItem]:
    return actions.save_clarification(
        found,
        form.contents(),
        seen=form.seen(),
        reply=request.POST.get("reply"),
        by=request.user,
    )
