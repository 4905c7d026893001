"""Needs assessment, plan, deliverables, providers and the writing of the final report."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.permissions import is_officer
from files.serving import private_file
from records.acting import require
from records.forms import saves_rows, typed_rows
from records.states import require_state
from records.views import ask_why, refusal_beside
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to

from . import actions, queries
from .forms import (
    DeliverableForm,
    MilestoneFormSet,
    NeedsForm,
    PlanForm,
    ProviderForm,
    ReportForm,
)
from .models import Deliverable, FinalReport, Plan
from .permissions import (
    may_accept_for_cluster,
    may_accept_for_partner,
    may_decide_plan,
    may_hand_in,
    may_record_needs,
    may_write_plan,
    may_write_report,
)

ROWS = 20


@login_required
def providers(request: HttpRequest) -> HttpResponse:
    """The consultants of an officer's countries, and a form for another."""
    if not is_officer.test(request.user):
        raise Http404
    countries = list(request.user.officer_countries)
    form = ProviderForm(request.POST or None, countries=countries)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.register_provider(by=request.user, **form.cleaned_data)
            messages.success(request, _("The provider is registered; clusters can choose it."))
            return redirect("assistance:providers")
    page = Paginator(queries.providers_in(countries), ROWS).get_page(request.GET.get("page"))
    return render(request, "assistance/providers.html", {"form": form, "page": page})


@login_required
def needs(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a needs-assessment meeting."""
    voucher = _voucher(request, pk)
    require(may_record_needs, request.user, voucher)
    form = NeedsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.record_needs_assessment(voucher, by=request.user, **form.cleaned_data)
            messages.success(request, _("Recorded. The cluster can now write its plan."))
            return redirect(voucher)
    return render(request, "assistance/needs.html", {"form": form, "voucher": voucher})


@login_required
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the plan: what for, with whom, and its milestones."""
    voucher = _voucher(request, pk)
    require(may_write_plan, request.user, voucher)
    standing = queries.plan_of(voucher)
    if standing is not None:
        require_state(standing, Plan.State.DRAFT)
    country = voucher.award.application.country_id
    form = PlanForm(
        request.POST or None, instance=standing, providers=queries.providers_for(country)
    )
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
    context = {"form": form, "formset": formset, "voucher": voucher}
    return render(request, "assistance/plan.html", context)


@login_required
@require_POST
def submit_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the plan to the country partner."""
    voucher = _voucher(request, pk)
    actions.submit_plan(_plan(voucher), by=request.user)
    messages.success(request, _("The plan is with your country partner."))
    return redirect(voucher)


@login_required
@require_POST
def approve_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a plan for the country partner."""
    voucher = _voucher(request, pk)
    actions.approve_plan(_plan(voucher), by=request.user)
    messages.success(request, _("The plan is approved. The work can begin."))
    return redirect(voucher)


@login_required
def return_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a plan back to the cluster."""
    voucher = _voucher(request, pk)
    require(may_decide_plan, request.user, voucher)
    return _give_back(
        request,
        voucher,
        lambda reason: actions.return_plan(_plan(voucher), reason=reason, by=request.user),
        heading=_("Give the plan back"),
        told=_("The plan is back with the cluster."),
    )


@login_required
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in what was delivered for a milestone."""
    milestone = get_object_or_404(queries.milestones_visible_to(request.user), pk=pk)
    voucher = milestone.plan.voucher
    require(may_hand_in, request.user, voucher)
    form = DeliverableForm(request.POST or None, request.FILES or None)
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
    context = {"form": form, "voucher": voucher, "milestone": milestone}
    return render(request, "assistance/hand_in.html", context)


@login_required
def deliverable(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of a deliverable, to those who may read the voucher."""
    found = _deliverable(request, pk)
    return private_file(
        request,
        found.file,
        name=found.name,
        content_type=found.content_type,
        sha256=found.sha256,
    )


@login_required
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a deliverable: first for the cluster, then for the country partner."""
    found = _deliverable(request, pk)
    if found.state == Deliverable.State.SUBMITTED:
        actions.accept_deliverable_for_cluster(found, by=request.user)
        messages.success(request, _("Accepted. Your country partner accepts it next."))
    else:
        actions.accept_deliverable(found, by=request.user)
        messages.success(request, _("Accepted. The cluster can claim the milestone."))
    return redirect(found.milestone.plan.voucher)


@login_required
def return_deliverable(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a deliverable back, so that a better one can be handed in."""
    found = _deliverable(request, pk)
    voucher = found.milestone.plan.voucher
    require(may_accept_for_cluster | may_accept_for_partner, request.user, voucher)
    return _give_back(
        request,
        voucher,
        lambda reason: actions.return_deliverable(found, reason=reason, by=request.user),
        heading=_("Give the deliverable back"),
        told=_("The deliverable is given back."),
    )


@login_required
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the final report."""
    voucher = _voucher(request, pk)
    require(may_write_report, request.user, voucher)
    standing = queries.report_of(voucher)
    if standing is not None:
        require_state(standing, FinalReport.State.DRAFT)
    form = ReportForm(request.POST or None, instance=standing)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.save_report(voucher, by=request.user, **form.cleaned_data)
            messages.success(request, _("The draft of the report is saved."))
            return redirect(voucher)
    return render(request, "assistance/report.html", {"form": form, "voucher": voucher})


@login_required
@require_POST
def submit_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the final report to the country partner."""
    voucher = _voucher(request, pk)
    actions.submit_report(_report(voucher), by=request.user)
    messages.success(request, _("The final report is with your country partner."))
    return redirect(voucher)


@login_required
def return_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a final report back to the cluster."""
    voucher = _voucher(request, pk)
    require(may_accept_for_partner, request.user, voucher)
    return _give_back(
        request,
        voucher,
        lambda reason: actions.return_report(_report(voucher), reason=reason, by=request.user),
        heading=_("Give the report back"),
        told=_("The report is back with the cluster."),
    )


def _voucher(request: HttpRequest, pk: int) -> Voucher:
    return get_object_or_404(vouchers_visible_to(request.user), pk=pk)


def _plan(voucher: Voucher) -> Plan:
    return get_object_or_404(Plan, voucher=voucher)


def _report(voucher: Voucher) -> FinalReport:
    return get_object_or_404(FinalReport, voucher=voucher)


def _deliverable(request: HttpRequest, pk: int) -> Deliverable:
    return get_object_or_404(queries.deliverables_visible_to(request.user), pk=pk)


def _milestone_rows(plan: Plan | None) -> list[dict[str, object]]:
    """The milestones of a draft as they stand in the form."""
    if plan is None:
        return []
    return list(plan.milestones.values("title", "due_on", "days", "amount"))


def _give_back(
    request: HttpRequest,
    voucher: Voucher,
    conduct: Callable[[str], object],
    *,
    heading: str,
    told: str,
) -> HttpResponse:
    return ask_why(
        request,
        conduct,
        about=voucher,
        heading=heading,
        label=_("Give back"),
        told=told,
        back=voucher,
    )
