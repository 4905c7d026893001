"""Statements of the bank, one with its lines, and confirming what they seem to be."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import PersonRequest
from conduct.actions import NotAllowed, OutOfOrder, Refused, require
from documents.wording import number
from inputs.rules.numbers import sent_number
from vouchers.payments.bank import actions, queries
from vouchers.payments.bank.permissions import may_take_in

from .finding import found_statement
from .lists import LineList, StatementList


@login_required
@require_safe
def listing(request: PersonRequest) -> HttpResponseBase:
    """Every statement of the programme's accounts."""
    return StatementList(request).answer()


@login_required
@require_safe
@never_cache
def statement(request: PersonRequest, pk: int) -> HttpResponseBase:
    """One statement: its balances, what is missing before it, and each line with where it stands."""
    return LineList(request, found_statement(request, pk)).answer()


@login_required
@require_POST
def confirm(request: PersonRequest, pk: int) -> HttpResponse:
    """Confirm the chosen lines of a statement, each for itself: one that is refused stops no other."""
    found = found_statement(request, pk)
    require(may_take_in, request.user)
    keys = [sent_number(one) for one in request.POST.getlist("line")][: LineList.size]
    confirmed, refusals = 0, []
    for line in queries.lines_visible_to(request.user).filter(statement=found, pk__in=keys):
        try:
            actions.confirm_line(line, by=request.user)
            confirmed += 1
        except (NotAllowed, OutOfOrder, Refused) as refusal:
            refusals.append(f"{line.end_to_end_id or line}: {refusal}")
    if confirmed:
        messages.success(
            request,
            ngettext("%(number)s line is confirmed.", "%(number)s lines are confirmed.", confirmed)
            % {"number": number(confirmed)},
        )
    elif not refusals:
        messages.warning(request, _("Choose at least one line."))
    for told in refusals:
        messages.error(request, told)
    return redirect(found)
