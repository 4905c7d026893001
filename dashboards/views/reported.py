"""Reports of mail servers and delivery services that fit no message of ours."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import PersonRequest
from bulk.panels import offered
from conduct.views import same_site_referrer
from dashboards.forms.reported import SetAsideFilters
from exports.rules.columns import Column, Kind
from lists.views import ListPage, Order
from notices.actions import mark_report_seen
from notices.models import EventSource, SetAsideReport, Unmatched
from notices.permissions import may_look_through_reports, may_read_reports
from notices.queries import mail_reports_visible_to


class SetAsideReports(ListPage):
    """What was read, and counts for no message."""

    request: PersonRequest

    name = "reports"
    title = gettext_lazy("Reports that fit no message")
    template = "dashboards/reports.html"
    filter_class = SetAsideFilters
    orders: Mapping[str, Order] = {
        "newest": Order(gettext_lazy("Newest first"), ("-noted_at",)),
        "oldest": Order(gettext_lazy("Oldest first"), ("noted_at",)),
    }
    columns = (
        Column(
            "noted_at",
            gettext_lazy("Noted (UTC)"),
            kind=Kind.MOMENT,
            value=lambda one: one.noted_at,
        ),
        Column(
            "why",
            gettext_lazy("Reason"),
            kind=Kind.STATE,
            value=lambda one: one.why,
            words=dict(Unmatched.choices),
        ),
        Column(
            "source",
            gettext_lazy("Known from"),
            kind=Kind.STATE,
            value=lambda one: one.source,
            words=dict(EventSource.choices),
        ),
        Column("address", gettext_lazy("Address"), value=lambda one: one.address),
        Column("status", gettext_lazy("Code"), value=lambda one: one.status),
        Column("words", gettext_lazy("What it says"), value=lambda one: one.words, width=60),
        Column(
            "message", gettext_lazy("Message named"), value=lambda one: one.message_id, width=40
        ),
        Column("reported_by", gettext_lazy("Reported by"), value=lambda one: one.reported_by),
        Column(
            "seen_by",
            pgettext_lazy("a report", "Seen by"),
            value=lambda one: str(one.seen.by) if hasattr(one, "seen") else "",
        ),
        Column(
            "seen_at",
            pgettext_lazy("a report", "Seen (UTC)"),
            kind=Kind.MOMENT,
            value=lambda one: one.seen.at if hasattr(one, "seen") else None,
        ),
    )

    def records(self) -> QuerySet[SetAsideReport]:
        return mail_reports_visible_to(self.request.user)


@login_required
@require_safe
def reports(request: PersonRequest) -> HttpResponseBase:
    """What was read and counts for nothing, why, and who has looked at it."""
    if not may_read_reports.test(request.user):
        raise Http404
    return SetAsideReports(request).answer(
        bulk=offered("reports", request.user, request.GET),
        may_mark=may_look_through_reports.test(request.user),
    )


@login_required
@require_POST
def report_seen(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that somebody has looked at one."""
    report = get_object_or_404(mail_reports_visible_to(request.user), pk=pk)
    mark_report_seen(report, by=request.user)
    messages.success(request, _("It waits for nobody any more."))
    return redirect(same_site_referrer(request))
