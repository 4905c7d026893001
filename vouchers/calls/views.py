"""The public pages of a call, and those on which a coordinator builds one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clusters.queries import clusters_of
from records.acting import require
from records.forms import saves_rows, typed_rows
from records.history import timeline
from records.states import require_state
from records.views import refusal_beside

from . import actions, queries
from .forms import CallForm, CriterionFormSet, QuestionFormSet, QuotaForm, initial_rows
from .models import Call
from .permissions import may_manage_calls, may_read_drafts

ROWS = 20


def listing(request: HttpRequest) -> HttpResponse:
    """Calls that are open now or soon, and earlier ones below."""
    calls = queries.with_terms(queries.calls_visible_to(request.user)).exclude(
        state=Call.State.DRAFT
    )
    page = Paginator(calls, ROWS).get_page(request.GET.get("page"))
    current = [call for call in page if not call.is_past_deadline]
    return render(
        request,
        "calls/list.html",
        {
            "page": page,
            "current": current,
            "earlier": [call for call in page if call not in current],
        },
    )


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One call: what is offered, to whom, by when and by which criteria."""
    calls = queries.with_terms(queries.calls_visible_to(request.user))
    call = get_object_or_404(calls, slug=slug)
    may_manage = may_manage_calls.test(request.user)
    draft = call.state == Call.State.DRAFT
    own = clusters_of(request.user) if request.user.is_authenticated else []
    return render(
        request,
        "calls/detail.html",
        {
            "call": call,
            "draft": draft,
            "may_manage": may_manage,
            "problems": actions.problems_before_opening(call) if may_manage and draft else [],
            "untranslated": queries.languages_missing(call) if may_manage else [],
            "own_clusters": own,
            "entries": timeline(call) if may_read_drafts.test(request.user) else [],
        },
    )


@login_required
def manage(request: HttpRequest) -> HttpResponse:
    """Every call with its numbers, for those who run them or watch them."""
    if not may_read_drafts.test(request.user):
        raise Http404
    calls = queries.with_numbers(queries.calls_visible_to(request.user))
    page = Paginator(calls, ROWS).get_page(request.GET.get("page"))
    return render(
        request,
        "calls/manage.html",
        {"page": page, "may_manage": may_manage_calls.test(request.user)},
    )


@login_required
def create(request: HttpRequest) -> HttpResponse:
    """Draft a call."""
    _require_builder(request)
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            call = actions.create_call(by=request.user, **form.cleaned_data)
            messages.success(request, _("The draft is saved. Now set quotas, criteria and form."))
            return redirect(call)
    return render(request, "calls/form.html", {"form": form})


@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the terms of a draft."""
    call = _draft(request, slug)
    form = CallForm(request.POST or None, instance=Call.objects.get(pk=call.pk))
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            call = actions.update_call(call, by=request.user, **form.cleaned_data)
            messages.success(request, _("The draft is saved."))
            return redirect(call)
    return render(request, "calls/form.html", {"form": form, "call": call})


@login_required
def quotas(request: HttpRequest, slug: str) -> HttpResponse:
    """How many vouchers each country has in a draft."""
    call = _draft(request, slug)
    form = QuotaForm(request.POST or None, quotas=list(call.quotas.all()))
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.set_quotas(call, form.quotas(), by=request.user)
            messages.success(request, _("The quotas are saved."))
            return redirect(call)
    return render(request, "calls/quotas.html", {"form": form, "call": call})


@login_required
def criteria(request: HttpRequest, slug: str) -> HttpResponse:
    """The criteria of a draft."""
    call = _draft(request, slug)
    standing = initial_rows(
        call.criteria.all(), "name", "guidance", "weight", "threshold", "tie_break_position"
    )
    formset = CriterionFormSet(typed_rows(request), initial=standing)
    if saves_rows(request) and formset.is_valid():
        actions.set_criteria(call, formset.rows(), by=request.user)
        messages.success(request, _("The criteria are saved."))
        return redirect(call)
    return render(request, "calls/criteria.html", {"formset": formset, "call": call})


@login_required
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions of a draft's application form."""
    call = _draft(request, slug)
    standing = initial_rows(
        call.questions.all(), "text", "help_text", "criterion", "kind", "max_words", "required"
    )
    formset = QuestionFormSet(typed_rows(request), initial=standing, form_kwargs={"call": call})
    if saves_rows(request) and formset.is_valid():
        section = {"title": call.name, "questions": formset.rows()}
        actions.set_form(call, [section], by=request.user)
        messages.success(request, _("The questions are saved."))
        return redirect(call)
    return render(request, "calls/questions.html", {"formset": formset, "call": call})


@login_required
@require_POST
def open_call(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish a draft."""
    call = get_object_or_404(queries.calls_visible_to(request.user), slug=slug)
    actions.open_call(call, by=request.user)
    messages.success(
        request, _("The call is open. What applicants were told is fixed from now on.")
    )
    return redirect(call)


def _require_builder(request: HttpRequest) -> None:
    """404 for those who may not even see drafts, 403 for those who may only read them."""
    if not may_read_drafts.test(request.user):
        raise Http404
    require(may_manage_calls, request.user)


def _draft(request: HttpRequest, slug: str) -> Call:
    _require_builder(request)
    call = get_object_or_404(queries.calls_visible_to(request.user), slug=slug)
    require_state(call, Call.State.DRAFT)
    return call
