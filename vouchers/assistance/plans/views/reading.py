"""A version as it is read, two of them side by side, and the steps that are taken on them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import NotAllowed, Refused, require
from conduct.queries.days import today
from conduct.views import refusal_beside
from documents.queries import documents_about
from drafts.forms import typed_return
from inputs.rules.numbers import sent_number
from vouchers.assistance.plans import actions, queries
from vouchers.assistance.plans.forms.amending import PlanAmendmentForm
from vouchers.assistance.plans.models import PlanVersion
from vouchers.assistance.plans.panels import plan_gantt, read_changes, read_parts
from vouchers.assistance.plans.panels.reading import PlanNames
from vouchers.assistance.plans.permissions import (
    may_decide_version,
    may_read_version,
    may_submit_plan,
    may_write_plan,
)
from vouchers.assistance.plans.rules.parts import Content
from vouchers.assistance.plans.rules.warnings import warnings_of
from vouchers.assistance.plans.wording import sentence_of
from vouchers.awards.models import Voucher

from .finding import found_version, found_voucher
from .saving import by_part, totals_of


@login_required
def version(request: PersonRequest, pk: int, version_number: int) -> HttpResponse:
    """One version, with what is to be decided about it; of a draft also what is still missing."""
    return _page(request, found_version(request, pk, version_number))


@login_required
@require_POST
def send(request: PersonRequest, pk: int, version_number: int) -> HttpResponse:
    """Send a draft to the country partner."""
    found = found_version(request, pk, version_number)
    try:
        actions.submit_version(found, by=request.user)
    except NotAllowed:
        raise
    except Refused as refusal:
        return _page(request, found, refused=str(refusal), status=409)
    messages.success(request, _("The plan is with your country partner."))
    return redirect(found)


@login_required
@require_POST
def approve(request: PersonRequest, pk: int, version_number: int) -> HttpResponse:
    """Approve a version: first for the country partner, then for the programme.

    What was written for a return is not dropped: the page comes back with it.
    """
    found = found_version(request, pk, version_number)
    typed = typed_return(request.POST)
    if typed.is_anything:
        refused = _("You wrote remarks. Return the plan with them, or empty them first.")
        return _page(request, found, refused=refused, status=409, **typed.shown)
    if found.state == PlanVersion.State.PARTNER_APPROVED:
        approved = actions.approve_for_programme(found, by=request.user)
    else:
        approved = actions.approve_for_partner(found, by=request.user)
    if approved.state == PlanVersion.State.IN_FORCE:
        messages.success(request, _("The plan is approved. The work can begin."))
    else:
        messages.success(request, _("Approved. A coordinator approves it next."))
    return redirect(found)


@login_required
@require_POST
def return_plan(request: PersonRequest, pk: int, version_number: int) -> HttpResponse:
    """Return a version with remarks at its lines; what is typed stays where it is refused."""
    found = found_version(request, pk, version_number)
    typed = typed_return(request.POST)
    try:
        actions.return_version(found, reason=typed.reason, remarks=typed.remarks, by=request.user)
    except NotAllowed:
        raise
    except Refused as refusal:
        return _page(request, found, refused=str(refusal), status=409, **typed.shown)
    messages.success(request, _("The plan is back with the cluster."))
    return redirect(found)


@login_required
@require_POST
def take_back(request: PersonRequest, pk: int, version_number: int) -> HttpResponse:
    """Take back what was sent, or drop the draft of an amendment."""
    found = found_version(request, pk, version_number)
    draft = actions.take_back_version(found, by=request.user)
    if draft is None:
        messages.success(request, _("The amendment is dropped. The plan stays as it was."))
        return redirect(found.plan.voucher)
    messages.success(request, _("You have the plan back: change it, and send it again."))
    return redirect("plans:plan", pk)


@login_required
def changes(request: PersonRequest, pk: int, version_number: int) -> HttpResponse:
    """A version beside an earlier one (`with`, its number; else the one that it was written from)."""
    found = found_version(request, pk, version_number)
    others = [one for one in _readable(request, found) if one.number < version_number]
    wanted = sent_number(request.GET.get("with", ""), 4) or (
        found.based_on.number if found.based_on else 0
    )
    earlier = next((one for one in others if one.number == wanted), None)
    if earlier is None:
        raise Http404
    old, _unread = queries.content_of_version(earlier)
    new, _unread = queries.content_of_version(found)
    parts = read_changes(old, new, _names(found.plan.voucher, old, new))
    context = {
        "voucher": found.plan.voucher,
        "version": found,
        "earlier": earlier,
        "others": others,
        "parts": parts,
        "same": [part.label for part in parts if part.is_same],
        "old_totals": totals_of(old, found.plan.voucher),
        "totals": totals_of(new, found.plan.voucher),
    }
    return render(request, "plans/changes.html", context)


@login_required
def amend(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin an amendment of the plan in force."""
    voucher = found_voucher(request, pk)
    plan = get_object_or_404(queries.plans_visible_to(request.user), voucher=voucher)
    require(
        may_submit_plan,
        request.user,
        voucher,
        otherwise=_("Only a manager of the cluster can amend the plan."),
    )
    form = PlanAmendmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.amend_plan(plan, by=request.user, **form.cleaned_data)
            messages.success(
                request, _("The plan in force stays as it is until the amendment is approved.")
            )
            return redirect("plans:plan", pk)
    return render(request, "plans/amend.html", {"form": form, "voucher": voucher, "plan": plan})


def _page(
    request: PersonRequest,
    found: PlanVersion,
    *,
    refused: str = "",
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    voucher, user = found.plan.voucher, request.user
    content, _unread = queries.content_of_version(found)
    needs = queries.needs_of(voucher)
    terms = queries.terms_of(voucher)
    warnings: dict[tuple[int, str], list[str]] = defaultdict(list)
    is_draft = found.state == PlanVersion.State.DRAFT
    if found.is_open:
        wanted = [need.key for need in needs if need.wants_answer]
        for warning in warnings_of(content, terms, wanted):
            warnings[warning.part, warning.key].append(sentence_of(warning))
    parts = read_parts(
        content,
        _names(voucher, content),
        remarks=queries.remarks_of(found),
        warnings=warnings,
    )
    problems = by_part(actions.problems_of_draft(found), content) if is_draft else {}
    gantt = plan_gantt(
        [(step.title, step.due_on) for step in content.milestones if step.due_on],
        starts=voucher.valid_from,
        today=today(voucher.country.zone),
    )
    may_write = may_write_plan.test(user, voucher)
    context = {
        "voucher": voucher,
        "version": found,
        "parts": parts,
        "needs": needs,
        "problems": [(part.label, problems[part.part]) for part in parts if part.part in problems],
        "totals": totals_of(content, voucher),
        "gantt": gantt,
        "versions": _readable(request, found),
        "documents": documents_about(found.plan),
        "refused": refused,
        "kept": f"plan-{found.pk}",
        "may_decide": may_decide_version.test(user, found),
        "may_write": is_draft and may_write,
        "may_send": is_draft and not problems and may_submit_plan.test(user, voucher),
        "may_take_back": may_submit_plan.test(user, voucher)
        and (found.state == PlanVersion.State.SUBMITTED or (is_draft and found.is_amendment)),
        **extra,
    }
    return render(request, "plans/version.html", context, status=status)


def _readable(request: PersonRequest, found: PlanVersion) -> list[PlanVersion]:
    """All versions of the plan that the person may read, newest first."""
    versions = queries.versions_of(found.plan)
    return [one for one in versions if may_read_version.test(request.user, one)]


def _names(voucher: Voucher, *contents: Content) -> PlanNames:
    return PlanNames(queries.providers_named(*contents), queries.needs_of(voucher))
