"""The plan, from its draft to its approval."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require, require_state
from conduct.forms import saves_rows, typed_rows
from conduct.views import refusal_beside
from vouchers.assistance import actions, queries
from vouchers.assistance.forms.plans import MilestoneFormSet, PlanForm
from vouchers.assistance.models import Plan
from vouchers.assistance.permissions import may_decide_plan, may_write_plan
from vouchers.providers.queries import providers_for

from .finding import ask_why_given_back, found_plan, found_voucher


@login_required
def plan(request: PersonRequest, pk: int) -> HttpResponse:
    """Write the plan: what for, with whom, and its milestones."""
    voucher = found_voucher(request, pk)
    require(may_write_plan, request.user, voucher)
    standing = queries.plan_of(voucher)
    if standing is not None:
        require_state(standing, Plan.State.DRAFT)
    country = voucher.award.application.country_id
    form = PlanForm(request.POST or None, instance=standing, providers=providers_for(country))
    formset = MilestoneFormSet(typed_rows(request), initial=_milestone_rows(standing))
    if saves_rows(request) and form.is_valid() & formset.is_valid():
        with refusal_beside(form):
            actions.save_plan(
                voucher, milestones=formset.milestones(), by=request.user, **form.cleaned_data
            )
            messages.success(
                request, _("The draft of the plan is saved. Send it when it is ready.")
            )
            return redirect(voucher)
    context = {
        "form": form,
        "formset": formset,
        "voucher": voucher,
        "returned_for": standing.return_reason if standing else "",
    }
    return render(request, "assistance/plan.html", context)


@login_required
@require_POST
def submit_plan(request: PersonRequest, pk: int) -> HttpResponse:
    """Send the plan to the country partner."""
    voucher = found_voucher(request, pk)
    actions.submit_plan(found_plan(voucher), by=request.user)
    messages.success(request, _("The plan is with your country partner."))
    return redirect(voucher)


@login_required
@require_POST
def approve_plan(request: PersonRequest, pk: int) -> HttpResponse:
    """Approve a plan for the country partner."""
    voucher = found_voucher(request, pk)
    actions.approve_plan(found_plan(voucher), by=request.user)
    messages.success(request, _("The plan is approved. The work can begin."))
    return redirect(voucher)


@login_required
def return_plan(request: PersonRequest, pk: int) -> HttpResponse:
    """Give a plan back to the cluster."""
    voucher = found_voucher(request, pk)
    require(may_decide_plan, request.user, voucher)
    return ask_why_given_back(
        request,
        voucher,
        lambda reason: actions.return_plan(found_plan(voucher), reason=reason, by=request.user),
        heading=_("Return the plan"),
        told=_("The plan is back with the cluster."),
    )


def _milestone_rows(plan: Plan | None) -> list[Any]:
    """The milestones of a draft as they are in the form."""
    if plan is None:
        return []
    return list(plan.milestones.values("title", "due_on", "days", "amount"))
