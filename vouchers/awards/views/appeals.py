"""Asking for a review of the procedure, its thread, and its outcome."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.queries.history import timeline
from conduct.views import refusal_beside
from documents.queries import documents_about
from vouchers.applications.queries import applications_of
from vouchers.awards import actions
from vouchers.awards.forms import AppealMessageForm, GroundsForm, JudgementForm
from vouchers.awards.models import Appeal, Outcome
from vouchers.awards.permissions import may_ask_for_review, may_decide_appeal, may_write_on_appeal
from vouchers.awards.queries import appeal_against
from vouchers.awards.queries.clocks import review_until
from vouchers.awards.queries.selection import published_decision
from vouchers.awards.views.finding import appeal_or_404


@login_required
def ask_for_review(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, for a cluster, that the procedure in which application `pk` was decided be reviewed."""
    application = get_object_or_404(applications_of(request.user), pk=pk)
    decision = published_decision(application)
    if decision is None or decision.outcome == Outcome.AWARD:
        raise Http404
    made = appeal_against(decision)
    if made is not None:
        return redirect(made)
    require(
        may_ask_for_review,
        request.user,
        decision,
        otherwise=_("Only a manager of the cluster can ask for a review."),
    )
    form = GroundsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            appeal = actions.ask_for_review(decision, form.cleaned_data["grounds"], by=request.user)
            messages.success(request, _("Your request has arrived."))
            return redirect(appeal)
    until = review_until(decision)
    return render(
        request,
        "awards/ask_for_review.html",
        {
            "application": application,
            "form": form,
            "until": until,
            "over": until is not None and timezone.now() > until,
        },
    )


@login_required
def appeal(request: PersonRequest, pk: int) -> HttpResponse:
    """One request for review: its grounds, its thread, its outcome."""
    return _appeal_page(request, appeal_or_404(request, pk))


@login_required
@require_POST
def write(request: PersonRequest, pk: int) -> HttpResponse:
    """Write to the other side about a request."""
    found = appeal_or_404(request, pk)
    require(
        may_write_on_appeal,
        request.user,
        found,
        otherwise=_("Only the cluster and the coordination team write here."),
    )
    form = AppealMessageForm(request.POST)
    if form.is_valid():
        with refusal_beside(form):
            actions.write_on_appeal(found, **form.cleaned_data, by=request.user)
            messages.success(request, _("Your message is sent."))
            return redirect(f"{found.get_absolute_url()}#latest")
    return _appeal_page(request, found, form)


@login_required
def decide(request: PersonRequest, pk: int) -> HttpResponse:
    """Uphold or reject a request."""
    found = appeal_or_404(request, pk)
    require(
        may_decide_appeal,
        request.user,
        found,
        otherwise=_(
            "A coordinator who neither proposed nor approved the selection decides on the request."
        ),
    )
    form = JudgementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.decide_appeal(found, form.judgement(), by=request.user)
            messages.success(request, _("The review is decided, and the cluster is told."))
            return redirect(found)
    return render(request, "awards/decide_appeal.html", {"appeal": found, "form": form})


def _appeal_page(
    request: PersonRequest, found: Appeal, form: AppealMessageForm | None = None
) -> HttpResponse:
    may_write = found.is_open and may_write_on_appeal.test(request.user, found)
    return render(
        request,
        "awards/appeal.html",
        {
            "appeal": found,
            "application": found.decision.application,
            "thread": found.messages.select_related("author"),
            "form": (form or AppealMessageForm()) if may_write else None,
            "may_decide": found.is_open and may_decide_appeal.test(request.user, found),
            "documents": documents_about(found),
            # To the cluster the coordination team speaks with one voice.
            "entries": timeline(found) if request.user.is_staff_member else [],
        },
    )
