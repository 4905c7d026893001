"""Proposing a selection, approving it, and choosing when it is published."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.forms import saves_rows, typed_rows
from conduct.queries.history import timeline
from conduct.views import ask_why, refusal_beside
from documents.queries import documents_about
from exports.views import CSV
from vouchers.awards import actions, queries
from vouchers.awards.dossiers.queries.finding import dossiers_visible_to
from vouchers.awards.forms import DepartureFormSet, MovePublicationForm, PublishForm, SelectionForm
from vouchers.awards.letters.annex import annex_lines
from vouchers.awards.models import SelectionRound
from vouchers.awards.permissions import (
    may_decide_selection,
    may_propose_selection,
    may_propose_selection_of,
    may_read_selection,
    may_steer_round,
)
from vouchers.awards.proposals.actions.asking import ask_for_proposal
from vouchers.awards.proposals.queries.finding import proposal_under_way
from vouchers.awards.queries.clocks import clocks_of
from vouchers.awards.queries.edges import edges_of, ranked_behind
from vouchers.awards.queries.selection import takes_a_worker
from vouchers.awards.views.finding import round_or_404
from vouchers.calls.queries import calls_visible_to
from vouchers.scoring.ranking.actions import shown_ranking

# So long a worker may take to publish thousands, before its page says that it is late.
TO_PUBLISH = timedelta(minutes=2)
# Decisions on one page of a selection.
DECISIONS = 50


@login_required
def propose(request: PersonRequest, slug: str) -> HttpResponse:
    """Propose who is selected, from the ranking."""
    if not may_read_selection.test(request.user):
        raise Http404
    require(may_propose_selection, request.user)
    call = get_object_or_404(calls_visible_to(request.user), slug=slug)
    require(
        may_propose_selection_of,
        request.user,
        call,
        otherwise=_("Who has a conflict of interest in a call takes no part in its selection."),
    )
    under_way = proposal_under_way(call)
    if under_way is not None:
        return redirect(under_way)
    problems = actions.problems_before_selection(call)
    quotas = [*call.quotas.select_related("country__partner")]
    kept = shown_ranking(call, quotas)
    edges = edges_of(kept, quotas)
    # Where a row is asked for, what was typed is there again, unchecked.
    saves = saves_rows(request) and "typed_again" not in request.POST
    form = (
        SelectionForm(request.POST, edges=edges)
        if saves
        else SelectionForm(initial=request.POST.dict(), edges=edges)
    )
    departures = DepartureFormSet(typed_rows(request), behind=partial(ranked_behind, call, edges))
    if saves and form.is_valid() and departures.is_valid():
        decided: dict[str, Any] = {
            "choices": {**form.choices(), **departures.choices()},
            "participants": form.cleaned_data["participants"],
            "remarks": form.cleaned_data["remarks"],
            "votes": form.votes(),
            "by": request.user,
        }
        with refusal_beside(form):
            if takes_a_worker(call):
                return redirect(ask_for_proposal(call, **decided, typed=_typed(request)))
            proposal = actions.propose_selection(call, **decided)
            messages.success(request, _("Proposed. A second coordinator now decides."))
            return redirect(proposal)
    return render(
        request,
        "awards/propose.html",
        {
            "call": call,
            "kept": kept,
            "form": form,
            "departures": departures,
            "behind": sum(edge.behind for edge in edges),
            "problems": problems,
        },
    )


def _typed(request: HttpRequest) -> dict[str, str]:
    """What was typed into the form, but for the token that belongs to the session."""
    return {
        name: text
        for name, text in request.POST.dict().items()
        if isinstance(text, str) and name != "csrfmiddlewaretoken"
    }


@login_required
def selection(request: PersonRequest, pk: int) -> HttpResponse:
    """One selection: what it decides, whose turn it is, its clocks, minutes and what follows."""
    return _round_page(request, round_or_404(request, pk), PublishForm())


@login_required
def annex(request: PersonRequest, pk: int) -> StreamingHttpResponse:
    """Every decision of an approved selection as a file: the annex of its minutes."""
    found = round_or_404(request, pk)
    if found.state not in (SelectionRound.State.APPROVED, SelectionRound.State.PUBLISHED):
        raise Http404
    name = f"decisions-{found.call.reference}-{found.pk}.csv"
    return StreamingHttpResponse(
        annex_lines(found),
        content_type=CSV,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@login_required
@require_POST
def approve(request: PersonRequest, pk: int) -> HttpResponse:
    """Approve a proposal, to be published at once or, where an instant is given, then."""
    found = round_or_404(request, pk)
    form = PublishForm(request.POST)
    if "publish_at" not in request.POST:
        actions.approve_selection(found, by=request.user)
        messages.success(request, _("Approved. The letters are being made and sent."))
        return redirect(found)
    if form.is_valid():
        with refusal_beside(form):
            actions.approve_selection(
                found, publish_at=form.cleaned_data["publish_at"], by=request.user
            )
            messages.success(request, _("Approved. Nobody is told before the publication."))
            return redirect(found)
    return _round_page(request, found, form)


@login_required
def move_publication(request: PersonRequest, pk: int) -> HttpResponse:
    """Bring the publication forward, or postpone it, with a reason."""
    found = round_or_404(request, pk)
    require(may_steer_round, request.user, found)
    form = MovePublicationForm(request.POST or None, initial={"publish_at": found.publish_at})
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            moved = actions.move_publication(found, **form.cleaned_data, by=request.user)
            messages.success(
                request,
                _("The results are published. The letters are being made and sent.")
                if moved.is_published
                else _("The publication is moved."),
            )
            return redirect(found)
    return render(request, "awards/move_publication.html", {"round": found, "form": form})


@login_required
def send_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Send a proposal back."""
    found = round_or_404(request, pk)
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


def _round_page(request: PersonRequest, found: SelectionRound, form: PublishForm) -> HttpResponse:
    now = timezone.now()
    page = request.GET.get("page")
    may_steer = may_steer_round.test(request.user, found)
    return render(
        request,
        "awards/round.html",
        {
            "round": found,
            "page": Paginator(queries.decisions_of(found), DECISIONS).get_page(page),
            "undecided": found.state == SelectionRound.State.PROPOSED,
            "approved": found.state == SelectionRound.State.APPROVED,
            "overdue": found.publish_at is not None and found.publish_at < now - TO_PUBLISH,
            "may_decide": may_decide_selection.test(request.user, found),
            "may_steer": may_steer,
            "form": form,
            "clocks": [(clock, clock.is_late(now)) for clock in clocks_of(found)],
            "reserve": queries.reserve_list(found)[:DECISIONS] if found.is_published else [],
            "to_offer": queries.places_to_offer(found)
            if may_steer and found.is_published
            else set(),
            "appeals": queries.appeals_visible_to(request.user).filter(
                decision__selection_round=found
            ),
            "dossiers": dossiers_visible_to(request.user).filter(selection_round=found)[:3],
            "documents": documents_about(found),
            "entries": timeline(found),
        },
    )
