"""Handing in a version, reading it beside the one before, and its files."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.views import refusal_beside
from files.views.serving import kept_file, preview_picture
from vouchers.assistance.deliverables import actions, queries
from vouchers.assistance.deliverables.forms.points import PointForm
from vouchers.assistance.deliverables.forms.versions import VersionForm
from vouchers.assistance.deliverables.models import DeliverableFile
from vouchers.assistance.deliverables.panels import hand_in_context, version_context
from vouchers.assistance.deliverables.permissions import may_hand_in
from vouchers.assistance.plans.actions import require_in_force
from vouchers.assistance.plans.queries import milestones_visible_to

from .finding import found_version


@login_required
def hand_in(request: PersonRequest, pk: int) -> HttpResponse:
    """Hand in what was delivered for a milestone; a later version answers what was found."""
    milestone = get_object_or_404(milestones_visible_to(request.user), pk=pk)
    voucher = milestone.plan.voucher
    require(may_hand_in, request.user, voucher)
    require_in_force(milestone)
    earlier = queries.newest_of(milestone)
    form = VersionForm(
        request.POST or None,
        request.FILES or None,
        earlier=earlier,
        points=queries.open_points(earlier) if earlier else (),
    )
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.hand_in_deliverable(milestone, by=request.user, **form.said())
            messages.success(request, _("Handed in. A manager of the cluster accepts it next."))
            return redirect(voucher)
    return render(request, "deliverables/hand_in.html", hand_in_context(milestone, earlier, form))


@login_required
@require_safe
def version(request: PersonRequest, pk: int) -> HttpResponse:
    """One version: what was handed in, what was found, and what became of it."""
    found = found_version(request, pk)
    side = queries.side_that_judges(request.user, found)
    begun = request.GET.get("from", "")
    noted = [one for one in queries.unsent_before(found, side) if str(one.pk) == begun]
    form = PointForm.after("", noted_before=noted[0] if noted else None)
    context = version_context(found, request.user, form)
    return render(request, "deliverables/version.html", context)


@login_required
@require_safe
def file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """A file of a version, to those who may read the voucher."""
    found = _file(request, pk)
    return kept_file(request, found)


@login_required
@require_safe
def preview(request: PersonRequest, pk: int, number: int) -> HttpResponseBase:
    """The picture of a page of such a file (0 for the thumbnail)."""
    found = _file(request, pk)
    return preview_picture(request, found.file, number, sha256=found.sha256)


def _file(request: PersonRequest, pk: int) -> DeliverableFile:
    return get_object_or_404(queries.files_visible_to(request.user), pk=pk)
