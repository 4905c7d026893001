"""The page on which a claim is controlled, and the one for what was set aside of it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from conduct.actions import require, require_state
from conduct.forms import SEEN, carry_seen, mark_on
from conduct.views import refusal_beside
from inputs.rules.numbers import sent_number
from vouchers.payments import actions, queries
from vouchers.payments.actions.steps import EARLIER_STEP
from vouchers.payments.claims.panels import invoices_panel
from vouchers.payments.claims.queries import checks_on
from vouchers.payments.control.forms.controlling import ControlForm, ParkedForm, SendBackForm
from vouchers.payments.control.models import Control
from vouchers.payments.control.panels import separations_panel
from vouchers.payments.control.queries import (
    checklist_for,
    evidence_of,
    last_sent_back,
    standing_lines,
)
from vouchers.payments.models import TO_CONTROL, Claim
from vouchers.payments.permissions import may_decide_on_parked, may_send_back, may_verify_claim
from vouchers.payments.views.finding import found_claim, found_whole_claim

_APPROVED = (Claim.State.APPROVED, Claim.State.ORDERED, Claim.State.PAID)


@login_required
def control(request: PersonRequest, pk: int) -> HttpResponse:
    """Control a claim line by line, with everything beside it by which it is judged."""
    found = found_whole_claim(request, pk)
    user = request.user
    if request.method == "GET":  # What is sent is judged by the action, on the row as it is then.
        require(may_verify_claim, user, found, otherwise=EARLIER_STEP)
        require_state(found, *TO_CONTROL)
    lines = queries.lines_of(found)
    call = found.voucher.award.application.call
    account, evidence = queries.account_for(found), evidence_of(found, lines)
    former = last_sent_back(found)
    form = ControlForm(
        request.POST if request.method == "POST" else None,
        lines=lines,
        types=call.error_types,
        checklist=checklist_for(found),
        former=former,
    )
    carry_seen(form, request, actions.mark_of(found), is_beside=True)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.verify_claim(
                found,
                by=user,
                found=form.found(),
                answers=form.answers(),
                sample_reason=form.cleaned_data["sample_reason"],
                reason=form.cleaned_data.get("changes", ""),
                seen=form.cleaned_data[SEEN],
            )
            messages.success(request, _("Verified. A coordinator approves next."))
            return redirect(found)
    return render(
        request,
        "payments/control/control.html",
        {
            "claim": found,
            "voucher": found.voucher,
            "form": form,
            "checklist": form.checklist,
            "former": former,
            "mark": mark_on(form),
            "invoices": invoices_panel(lines),
            "checks": checks_on(found, lines, account, evidence.versions),
            "evidence": evidence,
            "like": queries.like_claims(found, user, lines),
            "account": account,
            "separations": separations_panel(found, user),
        },
    )


@login_required
def send_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Have a verified claim controlled anew, with a reason and remarks at its lines."""
    found = found_whole_claim(request, pk)
    if request.method == "GET":  # What is sent is judged by the action, on the row as it is then.
        require(may_send_back, request.user, found, otherwise=EARLIER_STEP)
        require_state(found, Claim.State.VERIFIED)
    form = SendBackForm(
        request.POST if request.method == "POST" else None, control=_read_control(request, found)
    )
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.send_back(
                found,
                reason=form.cleaned_data["reason"],
                remarks=form.remarks(),
                by=request.user,
                seen=form.control.pk if form.control is not None else 0,
            )
            messages.success(request, _("Sent back. The country partner controls it anew."))
            return redirect(found)
    return render(
        request,
        "payments/control/send_back.html",
        {"claim": found, "voucher": found.voucher, "form": form},
    )


def _read_control(request: PersonRequest, claim: Claim) -> Control | None:
    """The control that the page is about: the one in force, or the one that was when it was opened."""
    if claim.continues_id is not None:
        return None
    pk = claim.control_id or 0
    if request.method == "POST":
        pk = sent_number(request.POST.get("seen", ""))
    return claim.controls.filter(pk=pk).first()


@login_required
def parked(request: PersonRequest, pk: int) -> HttpResponse:
    """Take in what was set aside of a claim, or refuse it."""
    found = found_claim(request, pk)
    if request.method == "GET":  # What is sent is judged by the action, on the row as it is then.
        require(may_decide_on_parked, request.user, found, otherwise=EARLIER_STEP)
        require_state(found, *_APPROVED)
    lines_found = standing_lines(found)
    form = ParkedForm(
        request.POST if request.method == "POST" else None,
        lines=lines_found,
        types=found.voucher.award.application.call.error_types,
    )
    carry_seen(form, request, actions.mark_of_parked(lines_found), is_beside=True)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            return _decided(request, found, form)
    lines = queries.lines_of(found)
    return render(
        request,
        "payments/control/parked.html",
        {
            "claim": found,
            "voucher": found.voucher,
            "form": form,
            "invoices": invoices_panel(lines),
            "evidence": evidence_of(found, lines),
        },
    )


def _decided(request: PersonRequest, claim: Claim, form: ParkedForm) -> HttpResponse:
    typed, seen = form.cleaned_data, form.cleaned_data[SEEN]
    if typed["decision"] == ParkedForm.TAKE_IN:
        further = actions.take_in_parked(
            claim, form.amounts(), reason=typed["reason"], by=request.user, seen=seen
        )
        messages.success(
            request, _("Taken in, as a claim of its own: a coordinator approves it next.")
        )
        return redirect(further)
    actions.refuse_parked(
        claim,
        form.amounts(),
        error_type=typed["error_type"],
        reason=typed["reason"],
        by=request.user,
        seen=seen,
    )
    messages.success(request, _("Refused: it is deducted, and the cluster is told."))
    return redirect(claim)
