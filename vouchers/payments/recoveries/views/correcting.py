"""Proposing a correction, deciding it, and its page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import PersonRequest
from accounts.models import User
from conduct.actions import require, require_state
from conduct.queries.history import timeline
from conduct.views import refusal_beside
from documents.queries import documents_about
from vouchers.payments.models import Claim
from vouchers.payments.queries import out_of
from vouchers.payments.recoveries import actions, queries
from vouchers.payments.recoveries.forms.correcting import AuditCorrectionForm, RefusalForm
from vouchers.payments.recoveries.models import Correction, Recovery
from vouchers.payments.recoveries.permissions import (
    may_confirm_part,
    may_decide_correction,
    may_enter_recovery,
    may_propose_correction,
)
from vouchers.payments.recoveries.steps import correction_step, is_overdue
from vouchers.payments.views.finding import found_claim

from .finding import found_correction


@login_required
def propose(request: PersonRequest, pk: int) -> HttpResponse:
    """Propose to correct lines of a claim (`pk`) that is paid."""
    claim = found_claim(request, pk)
    require(may_propose_correction, request.user)
    require_state(claim, Claim.State.PAID)
    form = AuditCorrectionForm(
        request.POST or None,
        lines=queries.correctable_lines(claim),
        out=out_of(claim.voucher) if claim.is_advance else None,
    )
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            found = actions.propose_correction(claim, form.typed(), by=request.user)
            messages.success(request, _("Proposed. Somebody else decides it next."))
            return redirect(found)
    context = {
        "form": form,
        "about": claim,
        "heading": _("Correct the claim after an audit"),
        "label": _("Propose the correction"),
        "text": _(
            "Another person decides it. From then on the amount is to be recovered from the payee."
        ),
    }
    return render(request, "payments/ask.html", context)


@login_required
@require_safe
def correction(request: PersonRequest, pk: int) -> HttpResponse:
    """One correction: what was found, what comes back of it, and the buttons of whose turn it is."""
    found = found_correction(request, pk)
    user = request.user
    parts = queries.parts_of(found)
    rows = [(part, *_may_on(part, user)) for part in parts]
    context = {
        "correction": found,
        "claim": found.claim,
        "voucher": found.claim.voucher,
        "lines": found.lines.select_related("line__invoice", "line__milestone"),
        "rows": rows,
        "open": queries.open_of(found),
        "mark": actions.mark_of_open(found),
        "step": correction_step(found, user),
        "is_overdue": is_overdue(found),
        **_buttons(found, user),
        "documents": documents_about(found),
        "entries": timeline(found, *parts),
    }
    return render(request, "recoveries/correction.html", context)


def _buttons(correction: Correction, user: User) -> dict[str, Any]:
    is_open = correction.state in Correction.OPEN
    recovers = is_open and may_enter_recovery.test(user)
    return {
        "may_decide": correction.state == Correction.State.PROPOSED
        and may_decide_correction.test(user, correction),
        "may_demand": recovers and correction.state == Correction.State.ANNOUNCED,
        "may_set_off": recovers and correction.set_off_at is None,
        "may_enter": recovers and queries.open_of(correction) > 0,
    }


def _may_on(part: Recovery, user: User) -> tuple[bool, bool]:
    """Whether the person may confirm a part, and take it back."""
    is_by_hand = part.kind != Recovery.Kind.SET_OFF and part.state == Recovery.State.WAITING
    confirms = is_by_hand and may_confirm_part.test(user, part)
    return confirms, is_by_hand and (confirms or bool(may_enter_recovery.test(user)))


@login_required
@require_POST
def decide(request: PersonRequest, pk: int) -> HttpResponse:
    """Take the correction."""
    found = actions.decide_correction(found_correction(request, pk), by=request.user)
    messages.success(request, _("Decided: the amount is to be recovered, and the cluster is told."))
    return redirect(found)


@login_required
def refuse(request: PersonRequest, pk: int) -> HttpResponse:
    """Decide that nothing is corrected."""
    found = found_correction(request, pk)
    require(may_decide_correction, request.user, found)
    form = RefusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.refuse_correction(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("Nothing is corrected; the reason stands beside it."))
            return redirect(found)
    context = {
        "form": form,
        "about": found,
        "heading": _("Do not correct the claim"),
        "label": _("Do not correct it"),
        "text": _("The proposal stays to be read, with your reason."),
    }
    return render(request, "payments/ask.html", context)
