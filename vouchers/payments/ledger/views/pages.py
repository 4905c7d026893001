"""Trial balance, account sheets, statements, seals and the journal of a call."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import PersonRequest
from exports.letters.lines import csv_lines
from exports.rules.columns import table_of_keys
from exports.views import CSV, file_name
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to
from vouchers.books.models import LedgerAccount
from vouchers.calls.models import Call
from vouchers.calls.queries import calls_visible_to
from vouchers.payments.ledger import actions, queries
from vouchers.payments.ledger.permissions import may_read_books

from .lists import AccountSheet, SealList, TrialBalance, VoucherStatement


@login_required
@require_safe
def trial(request: PersonRequest) -> HttpResponseBase:
    """Every account with debits, credits and balance, and their sums."""
    return TrialBalance(request).answer()


@login_required
@require_safe
def account(request: PersonRequest, pk: int) -> HttpResponseBase:
    """One account, movement by movement."""
    return AccountSheet(request, _account(request, pk)).answer()


@login_required
@require_safe
def statement(request: PersonRequest, pk: int) -> HttpResponseBase:
    """One voucher, movement by movement."""
    return VoucherStatement(request, _voucher(request, pk)).answer()


@require_safe
def seals(request: HttpRequest) -> HttpResponseBase:
    """The seals of the books by day, for everybody who holds a paper that bears one."""
    return SealList(request).answer()


@login_required
@require_safe
def journal(request: PersonRequest, slug: str) -> StreamingHttpResponse:
    """Every leg of every entry of a call as CSV, as docs/recompute_ledger.py reads it."""
    call = _call(request, slug)
    table = table_of_keys(f"ledger-{call.reference}", queries.JOURNAL, queries.journal_of(call))
    name = file_name(table.name, "csv")
    return StreamingHttpResponse(
        (line.encode() for line in csv_lines(table)),
        content_type=CSV,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@login_required
@require_POST
def issue_trial(request: PersonRequest, slug: str) -> HttpResponse:
    """Make the trial balance of a call as PDF."""
    actions.issue_trial_balance(_call(request, slug), by=request.user)
    _tell(request)
    return redirect(reverse("ledger:trial", query={"call": slug}))


@login_required
@require_POST
def issue_account(request: PersonRequest, pk: int) -> HttpResponse:
    """Make the sheet of an account as PDF."""
    actions.issue_account_sheet(_account(request, pk), by=request.user)
    _tell(request)
    return redirect("ledger:account", pk)


@login_required
@require_POST
def issue_statement(request: PersonRequest, pk: int) -> HttpResponse:
    """Make the statement of a voucher as PDF."""
    actions.issue_statement(_voucher(request, pk), by=request.user)
    _tell(request)
    return redirect("ledger:statement", pk)


def _tell(request: PersonRequest) -> None:
    messages.success(request, _("The document is being made in every language."))


def _account(request: PersonRequest, pk: int) -> LedgerAccount:
    visible = queries.accounts_visible_to(request.user)
    return get_object_or_404(visible.select_related("call", "application__cluster"), pk=pk)


def _voucher(request: PersonRequest, pk: int) -> Voucher:
    return get_object_or_404(vouchers_visible_to(request.user), pk=pk)


def _call(request: PersonRequest, slug: str) -> Call:
    call = get_object_or_404(calls_visible_to(request.user), slug=slug)
    if not may_read_books.test(request.user, call):
        raise Http404
    return call
