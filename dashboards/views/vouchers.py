"""The list of vouchers, and one voucher from the agreement to the last euro."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from accounts.middleware import PersonRequest
from bulk.panels import offered
from conduct.queries.history import timeline
from dashboards.panels.charts import voucher_bars
from dashboards.panels.milestones import milestones_panel
from dashboards.queries.journeys import Journey
from dashboards.steps import voucher_step
from documents.queries import documents_about
from vouchers.assistance.deliverables.permissions import (
    may_accept_for_cluster,
    may_accept_for_partner,
    may_hand_in,
)
from vouchers.assistance.delivery.panels import sessions_panel
from vouchers.assistance.needs.models import NeedsRecord
from vouchers.assistance.needs.panels import meetings_panel, needs_panel
from vouchers.assistance.plans.panels import plan_panel
from vouchers.assistance.reports.panels import report_panel
from vouchers.awards.models import Voucher
from vouchers.awards.panels import agreement_panel
from vouchers.awards.queries import vouchers_visible_to
from vouchers.endings.amendments.panels import amendments_panel
from vouchers.endings.panels import endings_panel
from vouchers.payments.permissions import may_read_orders, may_submit_claim
from vouchers.payments.queries import ledger_of
from vouchers.providers.quotes.panels import quotes_panel
from vouchers.standing.actions import judged_now
from vouchers.standing.panels import standing_panel

from .lists import VoucherList


@login_required
def vouchers(request: PersonRequest) -> HttpResponseBase:
    """The vouchers that the person may read, narrowed by the filters in the address."""
    return VoucherList(request).answer(bulk=offered("vouchers", request.user, request.GET))


@login_required
def voucher(request: PersonRequest, pk: int) -> HttpResponse:
    """One voucher from the agreement to the last euro, as far as the person may see it."""
    found = get_object_or_404(vouchers_visible_to(request.user), pk=pk)
    journey = Journey(found)
    told = report_panel(
        found,
        journey.report,
        request.user,
        is_planned=journey.plan_is_approved,
        is_paid=journey.everything_is_paid,
    )
    report = told["report"]
    planned = plan_panel(found, journey.plan, journey.versions, request.user)
    handed_in = [one for line in journey.lines for one in line.deliverables]
    # What somebody still writes is theirs alone.
    shared = [one for one in journey.needs_records if one.state != NeedsRecord.State.DRAFT]
    plans = [*filter(None, [journey.plan]), *planned["versions"]]
    papers = [found, *found.light_overrides.all(), *journey.meetings]
    papers += [*found.extensions.all(), *found.suspensions.all(), *found.endings.all()]
    papers += list(found.successions.all())
    if journey.agreement is not None and journey.agreement.countersignature is not None:
        papers.append(journey.agreement.countersignature)
    papers += journey.amendments
    papers += [*shared, *plans, *journey.claims, *filter(None, [report])]
    return render(
        request,
        "dashboards/voucher.html",
        {
            "voucher": found,
            "application": found.award.application,
            "journey": journey,
            **planned,
            **told,
            "lines": journey.lines,
            **milestones_panel(journey, request.GET.get("milestones", "")),
            "step": voucher_step(journey, request.user),
            "stages": journey.stages(),
            "money": voucher_bars(found),
            "ledger": ledger_of(found),
            "may": _rights(request, journey),
            **standing_panel(found, judged_now(found), request.user),
            **sessions_panel(
                found,
                journey.plan,
                [line.milestone for line in journey.standing_lines],
                journey.sessions,
                request.user,
            ),
            **agreement_panel(journey.agreement, request.user),
            **amendments_panel(found, journey.agreement, journey.amendments, request.user),
            **endings_panel(found, request.user),
            **meetings_panel(found, journey.meetings, request.user),
            **quotes_panel(
                journey.terms, journey.contract, journey.agreement, request.user, of=found
            ),
            **needs_panel(found, request.user),
            "documents": documents_about(*papers),
            "entries": timeline(*papers, *handed_in, *found.surveys.all()),
        },
    )


def _rights(request: HttpRequest, journey: Journey) -> dict[str, bool]:
    """Which buttons the person finds on the voucher's page."""
    found, user = journey.voucher, request.user
    if found.state == Voucher.State.TERMINATED and journey.may_still_be_claimed:
        return {
            "claim": may_submit_claim.test(user, found),
            "read_orders": may_read_orders.test(user),
        }
    if found.state != Voucher.State.ACTIVE:
        return {}
    return {
        "hand_in": journey.plan_is_approved and may_hand_in.test(user, found),
        "accept_for_cluster": may_accept_for_cluster.test(user, found),
        "accept_for_partner": may_accept_for_partner.test(user, found),
        "claim": may_submit_claim.test(user, found),
        "read_orders": may_read_orders.test(user),
    }
