"""Proposing and approving a selection, and answering an award."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.queries import documents_about
from records.acting import require
from records.history import timeline
from records.views import ask_why, refusal_beside
from vouchers.calls.queries import calls_visible_to
from vouchers.scoring.queries import ranked_by_country

from . import actions, queries
from .forms import SelectionForm
from .models import Award, SelectionRound, Voucher
from .permissions import (
    may_answer_award,
    may_decide_selection,
    may_propose_selection,
    may_read_selection,
)

ROWS = 20


@login_required
def rounds(request: HttpRequest) -> HttpResponse:
    """Every selection, and the calls that wait for one."""
    if not may_read_selection.test(request.user):
        raise Http404
    page = Paginator(queries.rounds_visible_to(request.user), ROWS).get_page(
        request.GET.get("page")
    )
    calls = queries.calls_to_decide() if may_propose_selection.test(request.user) else []
    return render(request, "awards/rounds.html", {"page": page, "calls": calls})


@login_required
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose who is selected, from the ranking."""
    if not may_read_selection.test(request.user):
        raise Http404
    require(may_propose_selection, request.user)
    call = get_object_or_404(calls_visible_to(request.user), slug=slug)
    problems = actions.problems_before_selection(call)
    form = SelectionForm(request.POST or None, rankings=ranked_by_country(call))
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            proposal = actions.propose_selection(
                call,
                form.choices(),
                participants=form.cleaned_data["participants"],
                remarks=form.cleaned_data["remarks"],
                by=request.user,
            )
            messages.success(request, _("Proposed. A second coordinator now decides."))
            return redirect(proposal)
    context = {"call": call, "form": form, "problems": problems, "criteria": call.criteria.all()}
    return render(request, "awards/propose.html", context)


@login_required
def selection(request: HttpRequest, pk: int) -> HttpResponse:
    """One selection: what it decides, who proposed and approved it, its minutes."""
    found = _round(request, pk)
    return render(
        request,
        "awards/round.html",
        {
            "round": found,
            "decisions": queries.decisions_of(found),
            "undecided": found.state == SelectionRound.State.PROPOSED,
            "may_decide": may_decide_selection.test(request.user, found),
            "documents": documents_about(found),
            "entries": timeline(found),
        },
    )


@login_required
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a proposal: awards are offered and every applicant is told."""
    found = _round(request, pk)
    actions.approve_selection(found, by=request.user)
    messages.success(request, _("Approved. The letters are being made and sent."))
    return redirect(found)


@login_required
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a proposal back."""
    found = _round(request, pk)
    require(
        may_decide_selection,
        request.user,
        found,
        otherwise=_("A second coordinator must decide on a proposal."),
    )
    return ask_why(
        request,
        lambda reason: actions.return_selection(found, reason=reason, by=request.user),
        about=found,
        heading=_("Send the proposal back"),
        label=_("Send back"),
        told=_("The proposal is sent back."),
        back=found,
    )


@login_required
def award(request: HttpRequest, pk: int) -> HttpResponse:
    """One award: what is offered, by when to answer, and its letter."""
    found = _award(request, pk)
    return render(
        request,
        "awards/award.html",
        {
            "award": found,
            "voucher": Voucher.objects.filter(award=found).first(),
            "offered": found.state == Award.State.OFFERED,
            "may_answer": may_answer_award.test(request.user, found),
            "documents": documents_about(found),
            "entries": timeline(found),
        },
    )


@login_required
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept an award for the cluster: the voucher is issued."""
    voucher = actions.accept_award(_award(request, pk), by=request.user)
    messages.success(request, _("The voucher is yours. The agreement is being written."))
    return redirect(voucher)


@login_required
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Decline an award for the cluster."""
    found = _award(request, pk)
    require(may_answer_award, request.user, found)
    return ask_why(
        request,
        lambda reason: actions.decline_award(found, reason=reason, by=request.user),
        about=found,
        heading=_("Decline the award"),
        label=_("Decline the award"),
        told=_("The award is declined, and your country partner is told."),
        back=found,
    )


def _round(request: HttpRequest, pk: int) -> SelectionRound:
    return get_object_or_404(queries.rounds_visible_to(request.user), pk=pk)


def _award(request: HttpRequest, pk: int) -> Award:
    return get_object_or_404(queries.awards_visible_to(request.user), pk=pk)
