"""Reading what the cluster signed, confirming who one is, and counter-signing it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.views import refusal_beside
from documents.models import Document
from documents.queries import documents_about
from vouchers.awards import actions
from vouchers.awards.forms.signing import SigningForm
from vouchers.awards.letters import AGREEMENT
from vouchers.awards.letters.reading import as_signed
from vouchers.awards.permissions import may_countersign
from vouchers.awards.queries.countersigning import (
    SignedAgreement,
    conditions_to_countersign,
    signed_agreement,
)
from vouchers.awards.queries.signing import Signatory, app_of, newest_code, why_not_confirmed
from vouchers.awards.views.finding import award_or_404
from vouchers.awards.views.signing import begun_of, code_sent, is_filled, signing_of


@login_required
@never_cache
def countersign(request: PersonRequest, pk: int) -> HttpResponse:
    """What the cluster signed, its conditions, and the form that signs it for the programme."""
    found = award_or_404(request, pk)
    require(may_countersign, request.user, found)
    agreement = signed_agreement(found)
    if agreement is None:
        return redirect(found)
    if not agreement.waits:
        # Sent twice over a slow line, or signed by somebody else: the voucher says by whom.
        return redirect(found.voucher)
    if request.method != "POST":
        return _page(request, agreement, _form(request))
    if "send_code" in request.POST:
        return _send(request, agreement)
    form = _form(request, bound=True)
    return _sign(request, agreement, form) or _page(request, agreement, form, status=422)


def _sign(
    request: PersonRequest, agreement: SignedAgreement, form: SigningForm
) -> HttpResponse | None:
    """Onward to the voucher; None where the form says what is wrong."""
    award = agreement.signature.award
    signatory = Signatory(award, request.user, counters=True)
    if not is_filled(request, form, signatory):
        return None
    with refusal_beside(form):
        signing = signing_of(request, form)
        made = actions.countersign(award, signing=signing, by=request.user)
        if made is not None:
            messages.success(
                request, _("Counter-signed. The agreement is written with both signatures.")
            )
            return redirect(made.voucher)
        form.add_error("code", why_not_confirmed(signatory))
    return None


def _form(request: PersonRequest, *, bound: bool = False) -> SigningForm:
    return SigningForm(
        request.POST if bound else None,
        initial=begun_of(request),
        declares=False,
        by_app=app_of(request.user) is not None,
        counters=True,
    )


def _page(
    request: PersonRequest, agreement: SignedAgreement, form: SigningForm, *, status: int = 200
) -> HttpResponse:
    signature = agreement.signature
    award = signature.award
    conditions = conditions_to_countersign(award)
    held = documents_about(award.voucher).filter(
        kind=AGREEMENT.slug, validity=Document.Validity.CURRENT
    )
    withdrawn = not any(one.language == signature.language for one in held)
    context = {
        "award": award,
        "signature": signature,
        "agreement": agreement,
        "text": as_signed(signature),
        "withdrawn": withdrawn,
        "documents": held,
        "form": form,
        "conditions": conditions,
        "blocked": withdrawn or any(condition.blocks for condition in conditions),
        "by_app": form.by_app,
        "is_sent": newest_code(Signatory(award, request.user, counters=True)) is not None,
    }
    return render(request, "awards/countersign.html", context, status=status)


def _send(request: PersonRequest, agreement: SignedAgreement) -> HttpResponse:
    award = agreement.signature.award

    def send(language: str) -> object:
        return actions.send_countersigning_code(award, language=language, by=request.user)

    status = code_sent(request, Signatory(award, request.user, counters=True), send)
    return _page(request, agreement, _form(request), status=status)
