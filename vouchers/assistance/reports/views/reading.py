"""A report as it is read, and the steps that are taken on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import NotAllowed, Refused, require
from documents.queries import documents_about
from drafts.forms import typed_return
from inputs.rules.numbers import sent_number
from vouchers.assistance.reports import actions, queries
from vouchers.assistance.reports.models import FinalReport, ReportVersion
from vouchers.assistance.reports.panels import read_sections
from vouchers.assistance.reports.permissions import (
    may_decide_report,
    may_submit_report,
    may_write_report,
)

from .finding import found_report, found_version, newest_version


@login_required
def review(request: PersonRequest, pk: int) -> HttpResponse:
    """The draft as a whole, with what still keeps it from being sent."""
    found = found_report(request, pk)
    require(may_write_report, request.user, found.voucher)
    if found.state != FinalReport.State.DRAFT:
        return redirect("final_reports:report", pk)
    return _draft_page(request, found)


@login_required
@require_POST
def send(request: PersonRequest, pk: int) -> HttpResponse:
    """Send the draft to the country partner."""
    found = found_report(request, pk)
    try:
        actions.submit_report(found, by=request.user)
    except NotAllowed:
        raise
    except Refused as refusal:
        if found.state != FinalReport.State.DRAFT:
            raise
        return _draft_page(request, found, refused=str(refusal), status=409)
    messages.success(request, _("The final report is with your country partner."))
    return redirect(found.voucher)


@login_required
def version(request: PersonRequest, pk: int, version_number: int) -> HttpResponse:
    """One version that was sent, with what is to be decided about it."""
    return _version_page(request, found_version(request, pk, version_number))


@login_required
@require_POST
def accept(request: PersonRequest, pk: int) -> HttpResponse:
    """Accept the report for the country partner, where a coordinator reads it next."""
    found = newest_version(request, pk)
    kept = typed_but_not_returned(request, found)
    if kept is not None:
        return kept
    actions.accept_report_for_partner(found.report, number=_number(request), by=request.user)
    messages.success(request, _("Accepted. A coordinator reads it next."))
    return redirect(found)


@login_required
@require_POST
def return_report(request: PersonRequest, pk: int) -> HttpResponse:
    """Return the report with remarks at its lines; what is typed stays where it is refused."""
    found = newest_version(request, pk)
    typed = typed_return(request.POST)
    try:
        actions.return_report(
            found.report,
            reason=typed.reason,
            remarks=typed.remarks,
            number=_number(request),
            by=request.user,
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        return _version_page(request, found, refused=str(refusal), status=409, **typed.shown)
    messages.success(request, _("The report is back with the cluster."))
    return redirect(found)


def typed_but_not_returned(request: PersonRequest, found: ReportVersion) -> HttpResponse | None:
    """The page with what was written for a return, where that came with an acceptance; else None."""
    typed = typed_return(request.POST)
    if not typed.is_anything:
        return None
    refused = _("You wrote remarks. Return the report with them, or empty them first.")
    return _version_page(request, found, refused=refused, status=409, **typed.shown)


def _number(request: PersonRequest) -> int:
    """The number of the version that was on the page from which a step was taken; 0 where none was."""
    return sent_number(request.POST.get("version", ""), 4)


def _draft_page(
    request: PersonRequest, found: FinalReport, *, refused: str = "", status: int = 200
) -> HttpResponse:
    content, _unread = queries.content_of_draft(found)
    obstacles = actions.obstacles_of(found)
    context = {
        "voucher": found.voucher,
        "report": found,
        "sections": read_sections(content, queries.sheet_of(found.voucher, found), {}),
        "obstacles": obstacles,
        "may_send": not obstacles and may_submit_report.test(request.user, found.voucher),
        "versions": queries.versions_of(found),
        "refused": refused,
    }
    return render(request, "final_reports/version.html", context, status=status)


def _version_page(
    request: PersonRequest,
    found: ReportVersion,
    *,
    refused: str = "",
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    report, voucher, user = found.report, found.report.voucher, request.user
    content, sheet = queries.content_of_version(found)
    is_newest = report.version_id == found.pk
    is_draft = report.state == FinalReport.State.DRAFT
    call = voucher.award.application.call
    context = {
        "voucher": voucher,
        "report": report,
        "version": found,
        "is_newest": is_newest,
        "sections": read_sections(content, sheet, queries.remarks_of(found)),
        "versions": queries.versions_of(report),
        "documents": documents_about(report),
        "refused": refused,
        "kept": f"report-{found.pk}",
        "may_decide": is_newest and may_decide_report.test(user, report),
        # The last acceptance closes the voucher.
        "closes": report.state == FinalReport.State.PARTNER_ACCEPTED
        or not call.plans_to_coordinator,
        "may_go_on": is_newest and is_draft and may_write_report.test(user, voucher),
        **extra,
    }
    return render(request, "final_reports/version.html", context, status=status)
