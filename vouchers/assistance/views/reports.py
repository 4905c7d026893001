"""The writing of the final report."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require, require_state
from conduct.views import refusal_beside
from vouchers.assistance import actions, queries
from vouchers.assistance.forms.reports import ReportForm
from vouchers.assistance.models import FinalReport
from vouchers.assistance.permissions import may_accept_for_partner, may_write_report

from .finding import ask_why_given_back, found_report, found_voucher


@login_required
def report(request: PersonRequest, pk: int) -> HttpResponse:
    """Write the final report."""
    voucher = found_voucher(request, pk)
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
    context = {
        "form": form,
        "voucher": voucher,
        "returned_for": standing.return_reason if standing else "",
    }
    return render(request, "assistance/report.html", context)


@login_required
@require_POST
def submit_report(request: PersonRequest, pk: int) -> HttpResponse:
    """Send the final report to the country partner."""
    voucher = found_voucher(request, pk)
    actions.submit_report(found_report(voucher), by=request.user)
    messages.success(request, _("The final report is with your country partner."))
    return redirect(voucher)


@login_required
def return_report(request: PersonRequest, pk: int) -> HttpResponse:
    """Give a final report back to the cluster."""
    voucher = found_voucher(request, pk)
    require(may_accept_for_partner, request.user, voucher)
    return ask_why_given_back(
        request,
        voucher,
        lambda reason: actions.return_report(found_report(voucher), reason=reason, by=request.user),
        heading=_("Return the report"),
        told=_("The report is back with the cluster."),
    )
