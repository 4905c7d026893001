"""Drawing an amendment up, reading it, and closing it without signing."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.middleware import PersonRequest
from conduct.actions import OutOfOrder, require, require_state
from conduct.queries.days import today
from conduct.queries.history import timeline
from conduct.views import ask_why, refusal_beside
from documents.queries import documents_about
from vouchers.awards.views.signing_page import language_of_page
from vouchers.endings.amendments import actions
from vouchers.endings.amendments.actions.closing import WHO_REFUSES, WHO_WITHDRAWS
from vouchers.endings.amendments.forms import AgreementAmendmentForm
from vouchers.endings.amendments.letters import amendment_draft, amendment_to_read, as_signed
from vouchers.endings.amendments.models import Amendment, SigningSide
from vouchers.endings.amendments.permissions import (
    drew_it_up,
    may_countersign_amendment,
    may_draw_up,
    may_refuse_amendment,
    may_sign_amendment,
    may_withdraw_amendment,
)
from vouchers.endings.amendments.queries import (
    DAYS_TO_SIGN,
    articles_now,
    basis_of_amendment,
    extension_to_sign,
    is_over,
    signature_of,
)
from vouchers.endings.amendments.queries.amendable import why_not_amended
from vouchers.endings.rules.articles import KEPT_BY_THE_PORTAL
from vouchers.endings.views.finding import voucher_or_404

from .finding import amendment_or_404


@login_required
def amend(request: PersonRequest, pk: int) -> HttpResponse:
    """Draw an amendment up of the agreement of the voucher `pk`."""
    voucher = voucher_or_404(request, pk)
    require(may_draw_up, request.user, voucher)
    why_not = "" if request.method == "POST" else why_not_amended(voucher, request.user)
    if why_not:
        # Before anything is typed; what is sent is judged by the action, and stays in its form.
        raise OutOfOrder(why_not)
    # Before the articles: one that comes into force in between makes this page outdated, not right.
    basis = basis_of_amendment(voucher)
    language, articles = articles_now(voucher)
    form = AgreementAmendmentForm(
        request.POST or None,
        articles=[one for one in articles if one.number not in KEPT_BY_THE_PORTAL],
        initial={"sign_by": today(voucher.country.zone) + timedelta(days=DAYS_TO_SIGN)},
    )
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            terms = actions.AmendmentTerms(
                reason=form.cleaned_data["reason"],
                sign_by=form.cleaned_data["sign_by"],
                articles=form.changes(),
                basis=request.POST.get("basis", ""),
            )
            made = actions.draw_up_amendment(voucher, terms, by=request.user)
            messages.success(
                request, _("The amendment is drawn up. The cluster is asked to sign it.")
            )
            return redirect(made)
    context = {
        "form": form,
        "voucher": voucher,
        "basis": basis,
        "signed_in": language,
        "extension": extension_to_sign(voucher),
    }
    return render(request, "endings/amend.html", context)


@login_required
def amendment(request: PersonRequest, pk: int) -> HttpResponse:
    """One amendment: what it changes, who signed it, and whose turn it is."""
    found, user = amendment_or_404(request, pk), request.user
    first, second = (signature_of(found, side) for side in SigningSide)
    can_be_signed = found.is_open and not is_over(found)
    waits = can_be_signed and found.state == Amendment.State.SIGNED
    return render(
        request,
        "endings/amendment.html",
        {
            "amendment": found,
            "voucher": found.voucher,
            "text": as_signed(first) if first else amendment_to_read(found, language_of_page()),
            "first": first,
            "second": second,
            "is_over": found.is_open and not can_be_signed,
            "may_sign": can_be_signed
            and found.state == Amendment.State.DRAWN_UP
            and may_sign_amendment.test(user, found),
            "may_countersign": waits and may_countersign_amendment.test(user, found),
            "needs_another": waits and drew_it_up.test(user, found),
            "may_withdraw": found.is_open and may_withdraw_amendment.test(user, found),
            "documents": documents_about(found),
            "entries": timeline(found),
        },
    )


@login_required
@never_cache
def draft(request: PersonRequest, pk: int) -> HttpResponse:
    """An amendment before it is in force, as PDF marked a draft: as signed, else as the page reads."""
    found = amendment_or_404(request, pk)
    require_state(found, *Amendment.OPEN)
    name = f"{found.voucher.reference}-amendment-{found.number}-draft.pdf"
    return HttpResponse(
        amendment_draft(found, language_of_page()),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@login_required
def refuse(request: PersonRequest, pk: int) -> HttpResponse:
    """Refuse to sign an amendment for the cluster, with the reason."""
    found = amendment_or_404(request, pk)
    require(may_refuse_amendment, request.user, found, otherwise=WHO_REFUSES)
    return ask_why(
        request,
        lambda reason: actions.refuse_amendment(found, reason=reason, by=request.user),
        about=found,
        heading=_("Refuse the amendment"),
        label=_("Refuse the amendment"),
        told=_("The amendment is refused. The agreement stays as it is."),
        back=found,
        hint=_("The coordination team reads the reason."),
    )


@login_required
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Take an amendment back before it is in force, with the reason."""
    found = amendment_or_404(request, pk)
    require(may_withdraw_amendment, request.user, found, otherwise=WHO_WITHDRAWS)
    return ask_why(
        request,
        lambda reason: actions.withdraw_amendment(found, reason=reason, by=request.user),
        about=found,
        heading=_("Withdraw the amendment"),
        label=_("Withdraw the amendment"),
        told=_("The amendment is withdrawn. The agreement stays as it is."),
        back=found,
        hint=_("The cluster reads the reason."),
    )
