"""Giving a voucher up, proposing its end, deciding on it, and letting it lapse."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require, require_state
from conduct.queries.days import today
from conduct.queries.history import timeline
from conduct.views import ask_why, refusal_beside
from documents.queries import documents_about
from documents.wording import day, listed
from vouchers.awards.models import Voucher
from vouchers.awards.queries import places_of_ended
from vouchers.endings import actions
from vouchers.endings.actions.ending import ANOTHER_DECIDES
from vouchers.endings.forms import EndingForm
from vouchers.endings.models import Ending
from vouchers.endings.permissions import (
    may_confirm_lapse,
    may_decide_ending,
    may_give_up,
    may_propose_ending,
    may_revoke_ending,
    proposed_no_ending,
)
from vouchers.endings.queries import payable_milestones, to_release, under_way, warnings_of
from vouchers.endings.rules.limits import earliest_end

from .finding import ending_or_404, voucher_or_404


@login_required
def end(request: PersonRequest, pk: int) -> HttpResponse:
    """Give the voucher `pk` up, or propose to end it: which of them depends on whom one acts for."""
    voucher = voucher_or_404(request, pk)
    gives_up = may_give_up.test(request.user, voucher)
    require(may_give_up | may_propose_ending, request.user, voucher)
    require_state(voucher, Voucher.State.ACTIVE, Voucher.State.SUSPENDED)
    call = voucher.award.application.call
    earliest = earliest_end(today(voucher.country.zone), call.notice_days)
    form = EndingForm(
        request.POST or None,
        day="ends_on",
        hint=_("The first day that can be chosen is %(day)s.") % {"day": day(earliest)},
    )
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            if gives_up:
                made = actions.give_up_voucher(voucher, by=request.user, **form.cleaned_data)
                messages.success(request, _("The notice runs. The letter is being made."))
            else:
                made = actions.propose_ending(voucher, by=request.user, **form.cleaned_data)
                messages.success(request, _("The end is proposed: a coordinator decides."))
            return redirect(made)
    context = {"form": form, "gives_up": gives_up, **_consequences(voucher)}
    return render(request, "endings/end.html", context)


@login_required
def ending(request: PersonRequest, pk: int) -> HttpResponse:
    """One early end: when and why, what is still payable, what is released, and who decides."""
    found = ending_or_404(request, pk)
    user, voucher = request.user, found.voucher
    decides = found.state == Ending.State.PROPOSED and may_decide_ending.test(user, found)
    is_others = proposed_no_ending.test(user, found)
    has_time = today(voucher.country.zone) < found.ends_on
    revocable = found.state == Ending.State.NOTICE and has_time
    place = places_of_ended(user).filter(pk=voucher.award.decision.selection_round_id)
    return render(
        request,
        "endings/ending.html",
        {
            "ending": found,
            "may_decide": decides and is_others,
            "needs_another": decides and not is_others,
            "may_revoke": revocable and may_revoke_ending.test(user, found),
            "reserve": place.first() if found.state == Ending.State.DONE else None,
            "documents": documents_about(found),
            "entries": timeline(found),
            **_consequences(voucher),
        },
    )


@login_required
@require_POST
def decide(request: PersonRequest, pk: int) -> HttpResponse:
    """Follow the proposal of another person."""
    found = actions.decide_ending(ending_or_404(request, pk), by=request.user)
    text = _("The notice runs: the voucher ends on %(day)s.")
    messages.success(request, text % {"day": day(found.ends_on)})
    return redirect(found)


@login_required
def refuse(request: PersonRequest, pk: int) -> HttpResponse:
    """Do not follow a proposal, with the reason."""
    found = ending_or_404(request, pk)
    require(may_decide_ending, request.user, found)
    require(proposed_no_ending, request.user, found, otherwise=ANOTHER_DECIDES)
    return ask_why(
        request,
        lambda reason: actions.refuse_ending(found, reason=reason, by=request.user),
        about=found.voucher,
        heading=_("Let the voucher go on"),
        label=_("Let the voucher go on"),
        told=_("The voucher goes on."),
        back=found,
    )


@login_required
def revoke(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a notice back before its day, with the reason."""
    found = ending_or_404(request, pk)
    require(may_revoke_ending, request.user, found)
    return ask_why(
        request,
        lambda reason: actions.revoke_ending(found, reason=reason, by=request.user),
        about=found.voucher,
        heading=_("Take the notice back"),
        label=_("Take the notice back"),
        told=_("The notice is taken back: the voucher goes on."),
        back=found,
        hint=_("Everybody who was told of the notice reads the reason."),
    )


@login_required
def lapse(request: PersonRequest, pk: int) -> HttpResponse:
    """Confirm that a voucher lapses that was warned of twice in vain."""
    voucher = voucher_or_404(request, pk)
    require(may_confirm_lapse, request.user, voucher)
    warned = listed(day(one.warned_on) for one in warnings_of(voucher))
    return ask_why(
        request,
        lambda reason: actions.confirm_lapse(voucher, reason=reason, by=request.user),
        about=voucher,
        heading=_("Confirm that the voucher lapses"),
        label=_("Confirm that it lapses today"),
        told=_("The voucher has lapsed, and the cluster is told."),
        back=voucher,
        onward=Ending.get_absolute_url,
        hint=_("Warned on: %(days)s. The letter states the reason.") % {"days": warned or "–"},
    )


def _consequences(voucher: Voucher) -> dict[str, Any]:
    """What is still payable of a voucher as it is now, and what would be released (EUR)."""
    return {
        "voucher": voucher,
        "call": voucher.award.application.call,
        "payable": payable_milestones(voucher),
        "claimed": under_way(voucher),
        "released": to_release(voucher),
    }
