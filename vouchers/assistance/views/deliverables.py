"""What is handed in for a milestone."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.views import refusal_beside
from files.views.serving import private_file
from vouchers.assistance import actions, queries
from vouchers.assistance.forms.deliverables import DeliverableForm
from vouchers.assistance.models import Deliverable
from vouchers.assistance.permissions import (
    may_accept_for_cluster,
    may_accept_for_partner,
    may_hand_in,
)
from vouchers.assistance.plans.actions import require_in_force
from vouchers.assistance.plans.queries import milestones_visible_to

from .finding import ask_why_given_back, found_deliverable


@login_required
def hand_in(request: PersonRequest, pk: int) -> HttpResponse:
    """Hand in what was delivered for a milestone."""
    milestone = get_object_or_404(milestones_visible_to(request.user), pk=pk)
    voucher = milestone.plan.voucher
    require(may_hand_in, request.user, voucher)
    require_in_force(milestone)
    returned = queries.returned_deliverable_of(milestone)
    form = DeliverableForm(
        request.POST or None,
        request.FILES or None,
        initial={"summary": returned.summary} if returned else None,
    )
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.hand_in_deliverable(
                milestone,
                summary=form.cleaned_data["summary"],
                upload=form.cleaned_data["file"],
                by=request.user,
            )
            messages.success(request, _("Handed in. A manager of the cluster accepts it next."))
            return redirect(voucher)
    context = {"form": form, "voucher": voucher, "milestone": milestone, "returned": returned}
    return render(request, "assistance/hand_in.html", context)


@login_required
def deliverable(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The file of a deliverable, to those who may read the voucher."""
    found = found_deliverable(request, pk)
    return private_file(
        request,
        found.file,
        name=found.name,
        content_type=found.content_type,
        sha256=found.sha256,
    )


@login_required
@require_POST
def accept(request: PersonRequest, pk: int) -> HttpResponse:
    """Accept a deliverable: first for the cluster, then for the country partner."""
    found = found_deliverable(request, pk)
    if found.state == Deliverable.State.SUBMITTED:
        actions.accept_deliverable_for_cluster(found, by=request.user)
        messages.success(request, _("Accepted. Your country partner accepts it next."))
    else:
        actions.accept_deliverable(found, by=request.user)
        messages.success(request, _("Accepted. The cluster can claim the milestone."))
    return redirect(found.milestone.plan.voucher)


@login_required
def return_deliverable(request: PersonRequest, pk: int) -> HttpResponse:
    """Give a deliverable back, so that a better one can be handed in."""
    found = found_deliverable(request, pk)
    voucher = found.milestone.plan.voucher
    require(may_accept_for_cluster | may_accept_for_partner, request.user, voucher)
    return ask_why_given_back(
        request,
        voucher,
        lambda reason: actions.return_deliverable(found, reason=reason, by=request.user),
        heading=_("Return the deliverable"),
        told=_("The deliverable is returned."),
    )
