"""Asking for more time, and deciding on it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require, require_state
from conduct.queries.history import timeline
from conduct.views import ask_why, refusal_beside
from documents.queries import documents_about
from documents.wording import day
from vouchers.awards.models import Voucher
from vouchers.endings import actions
from vouchers.endings.actions.extending import ANOTHER_DECIDES
from vouchers.endings.amendments.models import Amendment
from vouchers.endings.amendments.permissions import may_draw_up
from vouchers.endings.amendments.queries import amendment_of
from vouchers.endings.amendments.queries.amendable import why_not_amended
from vouchers.endings.forms import ExtensionForm
from vouchers.endings.models import Extension
from vouchers.endings.permissions import (
    may_ask_for_extension,
    may_decide_extension,
    may_withdraw_extension,
    took_no_step_of_extension,
)
from vouchers.endings.queries import is_amended_by_both, limits_of

from .finding import extension_or_404, voucher_or_404


@login_required
def ask(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask for a later end of the voucher `pk`."""
    voucher = voucher_or_404(request, pk)
    require(may_ask_for_extension, request.user, voucher)
    require_state(voucher, Voucher.State.ACTIVE, Voucher.State.SUSPENDED)
    limits = limits_of(voucher)
    hint = _("At the latest %(day)s.") % {"day": day(limits.latest)}
    form = ExtensionForm(request.POST or None, day="until", hint=hint)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            made = actions.ask_for_extension(voucher, by=request.user, **form.cleaned_data)
            messages.success(request, _("The extension is asked for."))
            return redirect(made)
    context = {"form": form, "voucher": voucher, "limits": limits}
    return render(request, "endings/extend.html", context)


@login_required
def extension(request: PersonRequest, pk: int) -> HttpResponse:
    """One extension: what it changes, and who decides."""
    found = extension_or_404(request, pk)
    user = request.user
    is_open = found.state in Extension.OPEN and found.voucher.is_open
    by_amendment = is_amended_by_both(found.voucher)
    agreed = found.state == Extension.State.AGREED
    # Agreed to, it is decided on by drawing an amendment up.
    by_amendment_now = by_amendment and agreed
    amendment = amendment_of(found)
    draws_up = by_amendment_now and is_open and amendment is None
    draws_up = draws_up and bool(may_draw_up.test(user, found.voucher))
    why_not = why_not_amended(found.voucher, user) if draws_up else ""
    decides = is_open and may_decide_extension.test(user, found)
    return render(
        request,
        "endings/extension.html",
        {
            "extension": found,
            "voucher": found.voucher,
            "call": found.voucher.award.application.call,
            "by_amendment": by_amendment,
            "amendment": amendment,
            "may_draw_up": draws_up and not why_not,
            "why_not_drawn_up": why_not,
            "may_agree": not by_amendment_now,
            "may_decide": decides and took_no_step_of_extension.test(user, found),
            "needs_another": decides
            and not by_amendment_now
            and not took_no_step_of_extension.test(user, found),
            "may_withdraw": is_open
            and not (amendment and amendment.state == Amendment.State.SIGNED)
            and may_withdraw_extension.test(user, found),
            "is_last_step": agreed
            or not (by_amendment or found.voucher.award.application.call.extensions_to_coordinator),
            "documents": documents_about(found),
            "entries": timeline(found),
        },
    )


@login_required
@require_POST
def grant(request: PersonRequest, pk: int) -> HttpResponse:
    """Agree to an extension, or grant it."""
    found = actions.decide_extension(extension_or_404(request, pk), by=request.user)
    if found.state == Extension.State.GRANTED:
        text = _("The extension is granted: the voucher now ends on %(day)s.")
        messages.success(request, text % {"day": day(found.until)})
    else:
        messages.success(
            request,
            _("You agreed. A coordinator draws up the amendment that both sides sign.")
            if is_amended_by_both(found.voucher)
            else _("You agreed. A coordinator decides next."),
        )
    return redirect(found)


@login_required
def refuse(request: PersonRequest, pk: int) -> HttpResponse:
    """Refuse an extension, with the reason."""
    found = extension_or_404(request, pk)
    require(may_decide_extension, request.user, found)
    require(took_no_step_of_extension, request.user, found, otherwise=ANOTHER_DECIDES)
    return ask_why(
        request,
        lambda reason: actions.refuse_extension(found, reason=reason, by=request.user),
        about=found.voucher,
        heading=_("Refuse the extension"),
        label=_("Refuse the extension"),
        told=_("The extension is refused, and the cluster is told."),
        back=found,
        hint=_("The cluster reads the reason."),
    )


@login_required
@require_POST
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Take back what was asked for."""
    found = actions.withdraw_extension(extension_or_404(request, pk), by=request.user)
    messages.success(request, _("The extension is not asked for any more."))
    return redirect(found.voucher)
