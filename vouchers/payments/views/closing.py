"""The closing of a voucher."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import OutOfOrder
from conduct.forms import SEEN
from documents.wording import day
from inputs.rules.numbers import sent_number
from vouchers.assistance.delivery.queries import unconfirmed_sessions
from vouchers.assistance.reports.queries import report_of
from vouchers.assistance.reports.views.reading import typed_but_not_returned
from vouchers.awards.queries import vouchers_visible_to
from vouchers.payments import actions


@login_required
@require_POST
def accept_report(request: PersonRequest, pk: int) -> HttpResponse:
    """Accept the final report of a voucher (`pk`) and close it; `version` is the one that was read."""
    voucher = get_object_or_404(vouchers_visible_to(request.user), pk=pk)
    report = report_of(voucher)
    if report is None:
        raise Http404
    number = sent_number(request.POST.get("version", ""), 4)
    seen = request.POST.get(SEEN, "")
    kept = typed_but_not_returned(request, report.version) if report.version else None
    if kept is not None:
        return kept
    try:
        actions.accept_report(report, number=number, seen=seen, by=request.user)
    except OutOfOrder as refusal:
        waiting = unconfirmed_sessions(voucher)
        if not waiting:
            raise
        links = [(one.get_absolute_url(), day(one.day)) for one in waiting]
        named = format_html_join(" · ", '<a class="alert-link" href="{}">{}</a>', links)
        messages.error(request, format_html("{} {}", refusal.message, named))
        return redirect(voucher)
    messages.success(request, _("The voucher is closed. The certificate is being made."))
    return redirect(voucher)
