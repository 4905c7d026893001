"""The home page of each role, the vouchers, the overview and the public results."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.queries import documents_about
from jobs.kinds import every_kind
from jobs.living import queue_states
from jobs.queries import oldest_by_queue
from notices.actions import send_again as send_notice_again
from notices.permissions import may_look_up_notices, may_send_again
from records.history import timeline
from records.views import same_site_referrer
from vouchers.assistance.models import FinalReport, Plan
from vouchers.assistance.permissions import (
    may_accept_for_cluster,
    may_accept_for_partner,
    may_accept_report,
    may_decide_plan,
    may_hand_in,
    may_read_plan,
    may_read_report,
    may_record_needs,
    may_submit_plan,
    may_submit_report,
    may_write_plan,
    may_write_report,
)
from vouchers.awards.models import Voucher
from vouchers.awards.queries.offers import vouchers_visible_to
from vouchers.calls.models import Call
from vouchers.calls.queries import accepting_calls, calls_visible_to
from vouchers.payments.permissions import may_read_orders, may_submit_claim
from vouchers.payments.queries import ledger_of

from . import actions, queries
from .forms import OutboxFilter, VoucherFilter
from .panels.charts import bars, money_bars, voucher_bars
from .permissions import may_issue_report, may_look_at_work, may_read_overview, may_try_again
from .queries import outbox, upkeep
from .queries.journeys import Journey
from .queries.worklist import worklist_of
from .steps import steps_of_applicant, voucher_step

ROWS = 20


def home(request: HttpRequest) -> HttpResponse:
    """What the portal is for; for people who are logged in, what waits for them."""
    user = request.user
    if not user.is_authenticated:
        context = {"calls": accepting_calls()[:3], "totals": queries.totals()}
        return render(request, "dashboards/welcome.html", context)
    if user.is_staff_member:
        context = {"worklist": worklist_of(user), "warnings": upkeep.warnings_for(user)}
        return render(request, "dashboards/desk.html", context)
    context = {"steps": steps_of_applicant(user), "calls": accepting_calls()[:3]}
    return render(request, "dashboards/home.html", context)


@login_required
def vouchers(request: HttpRequest) -> HttpResponse:
    """The vouchers that the person may read, narrowed by the filters in the address."""
    filters = VoucherFilter(request.GET)
    found = queries.vouchers_matching(request.user, **filters.chosen)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    return render(request, "dashboards/vouchers.html", {"page": page, "filters": filters})


@login_required
def voucher(request: HttpRequest, pk: int) -> HttpResponse:
    """One voucher from the agreement to the last euro, as far as the person may see it."""
    found = get_object_or_404(vouchers_visible_to(request.user), pk=pk)
    journey = Journey(found)
    plan, report = _readable(request, journey)
    handed_in = [one for line in (journey.lines if plan else []) for one in line.deliverables]
    papers = [found, *journey.needs, *filter(None, [plan]), *journey.claims]
    return render(
        request,
        "dashboards/voucher.html",
        {
            "voucher": found,
            "application": found.award.application,
            "journey": journey,
            "plan": plan,
            "report": report,
            "lines": journey.lines if plan else [],
            "step": voucher_step(journey, request.user),
            "stages": journey.stages(),
            "money": voucher_bars(found),
            "ledger": ledger_of(found),
            "may": _rights(request, journey),
            "documents": documents_about(*papers),
            "entries": timeline(*papers, *handed_in, *filter(None, [report])),
        },
    )


def _readable(request: HttpRequest, journey: Journey) -> tuple[Plan | None, FinalReport | None]:
    """Plan and report, where they were begun and the person may read them."""
    plan, report = journey.plan, journey.report
    if plan and not may_read_plan.test(request.user, plan):
        plan = None
    if report and not may_read_report.test(request.user, report):
        report = None
    return plan, report


def _rights(request: HttpRequest, journey: Journey) -> dict[str, bool]:
    """Which buttons the person finds on the voucher's page."""
    found, user = journey.voucher, request.user
    if found.state != Voucher.State.ACTIVE:
        return {}
    return {
        "record_needs": may_record_needs.test(user, found),
        "write_plan": bool(journey.needs) and may_write_plan.test(user, found),
        "submit_plan": may_submit_plan.test(user, found),
        "decide_plan": may_decide_plan.test(user, found),
        "hand_in": journey.plan_is_approved and may_hand_in.test(user, found),
        "accept_for_cluster": may_accept_for_cluster.test(user, found),
        "accept_for_partner": may_accept_for_partner.test(user, found),
        "claim": may_submit_claim.test(user, found),
        "write_report": journey.plan_is_approved and may_write_report.test(user, found),
        "submit_report": may_submit_report.test(user, found),
        "accept_report": journey.everything_is_paid and may_accept_report.test(user, found),
        "return_report": may_accept_report.test(user, found),
        "read_orders": may_read_orders.test(user),
    }


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """The figures of one call over all countries; the newest unless the address names one.

    A call that does not exist is reported, and no other is shown in its place.
    """
    if not may_read_overview.test(request.user):
        raise Http404
    calls = list(calls_visible_to(request.user).exclude(state=Call.State.DRAFT))
    wanted = request.GET.get("call", "")
    call = next((call for call in calls if wanted in ("", call.slug)), None)
    unknown = bool(wanted) and call is None
    return render(
        request,
        "dashboards/overview.html",
        {
            "calls": calls,
            "call": call,
            "unknown": unknown,
            **(_figures(request, call) if call else {}),
        },
        status=404 if unknown else 200,
    )


def _figures(request: HttpRequest, call: Call) -> dict[str, object]:
    return {
        "totals": queries.totals(call),
        "countries": queries.figures_by_country(call),
        "states": bars(queries.applications_by_state(call)),
        "money": money_bars(call),
        "documents": documents_about(call),
        "may_issue": may_issue_report.test(request.user) and call.state == Call.State.DECIDED,
    }


@login_required
@require_POST
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Issue the programme report of a call as it is today."""
    call = get_object_or_404(calls_visible_to(request.user), slug=slug)
    if not may_read_overview.test(request.user):
        raise Http404
    actions.issue_programme_report(call, by=request.user)
    messages.success(request, _("The report is being made in every language."))
    return redirect(reverse("dashboards:overview", query={"call": call.slug}))


def results(request: HttpRequest) -> HttpResponse:
    """Who received a voucher, and what each cluster did with it; for everybody."""
    page = Paginator(queries.supported_vouchers(), ROWS).get_page(request.GET.get("page"))
    return render(request, "dashboards/results.html", {"page": page, "totals": queries.totals()})


@login_required
def sent_notices(request: HttpRequest) -> HttpResponse:
    """What was written to the people of clusters, and whether it reached them."""
    if not may_look_up_notices.test(request.user):
        raise Http404
    filters = OutboxFilter(request.GET)
    found = outbox.matching(outbox.notices_to_clusters(request.user), **filters.chosen)
    context = {
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "filters": filters,
        "may_send_again": may_send_again.test(request.user),
    }
    return render(request, "dashboards/outbox.html", context)


@login_required
@require_POST
def send_again(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Try once more what could not be sent."""
    notice = get_object_or_404(outbox.notices_to_clusters(request.user), pk=notice_id)
    send_notice_again(notice, by=request.user)
    messages.success(request, _("It is on its way again."))
    return redirect(reverse("dashboards:outbox", query={"text": notice.recipient.email}))


@login_required
def background(request: HttpRequest) -> HttpResponse:
    """How the work in the background goes: each queue, and what was set aside."""
    if not may_look_at_work.test(request.user):
        raise Http404
    context = {
        "queues": queue_states(oldest_by_queue()),
        "set_aside": list(upkeep.set_aside()),
        "without_space": list(upkeep.without_space()),
        "warnings": upkeep.warnings_for(request.user),
        "may_try_again": may_try_again.test(request.user),
    }
    return render(request, "dashboards/background.html", context)


@login_required
@require_POST
def try_again(request: HttpRequest, kind: str) -> HttpResponse:
    """Try anew everything of a kind that was set aside."""
    if not may_look_at_work.test(request.user) or kind not in {k.slug for k in every_kind()}:
        raise Http404
    number = actions.try_again(kind, by=request.user)
    messages.success(request, upkeep.told_again(number))
    return redirect(same_site_referrer(request))
