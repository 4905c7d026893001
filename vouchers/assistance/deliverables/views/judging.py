"""Points of a version, its return and its acceptance."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.views import refusal_beside
from vouchers.assistance.deliverables import actions, queries
from vouchers.assistance.deliverables.forms.points import PointForm
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.deliverables.panels import version_context
from vouchers.assistance.deliverables.permissions import (
    may_accept_for_cluster,
    may_accept_for_partner,
)

from .finding import found_version

RETURN = "return"


@login_required
@require_POST
def judge(request: PersonRequest, pk: int) -> HttpResponse:
    """Note a point, or return the version with all points: the point in the fields goes along."""
    found = found_version(request, pk)
    require(
        may_accept_for_cluster | may_accept_for_partner, request.user, found.milestone.plan.voucher
    )
    posted = form = PointForm(request.POST)
    returns = RETURN in request.POST
    if posted.is_valid():
        reason = posted.cleaned_data["reason"]
        with refusal_beside(posted):
            if posted.has_point or not returns:
                actions.note_point(found, by=request.user, **posted.point())
            if returns:
                actions.return_deliverable(found, reason=reason, by=request.user)
                messages.success(request, _("The deliverable is returned."))
                return redirect(found)
            messages.success(request, _("The point is noted. It is sent when you decide."))
            if not reason:
                return redirect(f"{found.get_absolute_url()}#decide")
            form = PointForm.after(reason)
    # With a reason that was begun the page is shown as it is: it stays in its field.
    context = version_context(found_version(request, pk), request.user, form)
    return render(request, "deliverables/version.html", context)


@login_required
@require_POST
def drop(request: PersonRequest, pk: int) -> HttpResponse:
    """Take back a point that is not sent yet."""
    point = get_object_or_404(queries.points_visible_to(request.user), pk=pk)
    require(
        may_accept_for_cluster | may_accept_for_partner,
        request.user,
        point.deliverable.milestone.plan.voucher,
    )
    actions.drop_point(point, by=request.user)
    messages.success(request, _("The point is taken back."))
    return redirect(f"{point.deliverable.get_absolute_url()}#decide")


@login_required
@require_POST
def accept(request: PersonRequest, pk: int) -> HttpResponse:
    """Accept a version: first for the cluster, then for the country partner."""
    found = found_version(request, pk)
    if found.state == Deliverable.State.SUBMITTED:
        actions.accept_deliverable_for_cluster(found, by=request.user)
        messages.success(request, _("Accepted. Your country partner accepts it next."))
    else:
        actions.accept_deliverable(found, by=request.user)
        messages.success(request, _("Accepted. The cluster can claim the milestone."))
    return redirect(found)
