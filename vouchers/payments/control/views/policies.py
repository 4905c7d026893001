"""The policy of separations in its versions, and the checklists of a call."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.forms import saves_rows, typed_rows
from conduct.views import ask_why, refusal_beside
from vouchers.calls.queries import calls_visible_to
from vouchers.payments.control import actions, queries
from vouchers.payments.control.forms.policies import PolicyForm, QuestionFormSet
from vouchers.payments.control.models import SeparationPolicy
from vouchers.payments.control.permissions import (
    may_confirm_policy,
    may_drop_policy,
    may_propose_policy,
    may_read_checklists,
    may_read_policies,
    may_write_checklists,
)
from vouchers.payments.control.rules.separations import USUAL
from vouchers.payments.control.wording import default_questions, said_pairs


@login_required
def policies(request: PersonRequest) -> HttpResponse:
    """The policy in force, the one that waits, those before, and a form for another."""
    user = request.user
    if not may_read_policies.test(user):
        raise Http404
    standing, waiting = queries.policy_in_force(), queries.open_policy()
    apart = standing.apart if standing is not None else list(USUAL)
    form = PolicyForm(request.POST if request.method == "POST" else None, apart=apart)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.propose_policy(by=user, **form.cleaned_data)
            messages.success(request, _("Proposed. A second person puts it in force."))
            return redirect("control:policies")
    may_propose = may_propose_policy.test(user)
    return render(
        request,
        "payments/control/policies.html",
        {
            "standing": standing,
            "pairs": said_pairs(apart),
            "waiting": waiting,
            "waiting_pairs": said_pairs(waiting.apart) if waiting else [],
            "may_confirm": waiting is not None and may_confirm_policy.test(user, waiting),
            "may_drop": waiting is not None and may_drop_policy.test(user, waiting),
            "form": form if may_propose and (waiting is None or form.is_bound) else None,
            "versions": queries.policies_visible_to(user),
        },
    )


@login_required
@require_POST
def confirm(request: PersonRequest, pk: int) -> HttpResponse:
    """Put a proposed policy in force."""
    actions.confirm_policy(_policy(request, pk), by=request.user)
    messages.success(request, _("In force for every claim that is controlled from now on."))
    return redirect("control:policies")


@login_required
def drop(request: PersonRequest, pk: int) -> HttpResponse:
    """Drop a proposed policy."""
    policy = _policy(request, pk)
    if request.method == "GET":  # What is sent is judged by the action, on the row as it is then.
        require(may_drop_policy, request.user, policy)
    return ask_why(
        request,
        lambda reason: actions.drop_policy(policy, reason=reason, by=request.user),
        about=policy,
        heading=_("Drop the proposal"),
        label=_("Drop the proposal"),
        told=_("Dropped: the policy in force stays."),
        back="control:policies",
    )


def _policy(request: PersonRequest, pk: int) -> SeparationPolicy:
    if not may_read_policies.test(request.user):
        raise Http404
    return get_object_or_404(queries.policies_visible_to(request.user), pk=pk)


@login_required
def checklist(request: PersonRequest, slug: str) -> HttpResponse:
    """The checklist of a call: read by who controls and approves, written in versions by coordinators."""
    user = request.user
    if not may_read_checklists.test(user):
        raise Http404
    call = get_object_or_404(calls_visible_to(user), slug=slug)
    standing = queries.checklists_visible_to(user, call).first()
    # A first version begins with questions that most programmes ask.
    questions = standing.questions if standing is not None else default_questions()
    typed = typed_rows(request)
    refused = forms.Form({})
    refused.is_valid()
    formset = QuestionFormSet(typed, initial=[{"text": one} for one in questions])
    if request.method == "POST":
        require(may_write_checklists, user)
    if saves_rows(request) and formset.is_valid():
        written = [dict(row["text"].data) for row in formset.rows()]
        with refusal_beside(refused):
            actions.write_checklist(call, written, by=user)
            messages.success(request, _("Written: controls answer it from now on."))
            return redirect("control:checklist", call.slug)
    return render(
        request,
        "payments/control/checklist.html",
        {
            "call": call,
            "standing": standing,
            "form": refused if refused.errors else None,
            "formset": formset if may_write_checklists.test(user) else None,
            "versions": queries.checklists_visible_to(user, call),
        },
    )
