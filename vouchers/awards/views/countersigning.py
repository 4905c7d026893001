"""Reading what the cluster signed, and counter-signing it for the programme."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.middleware import PersonRequest
from conduct.actions import require
from documents.models import Document
from documents.queries import documents_about
from vouchers.awards import actions
from vouchers.awards.letters import AGREEMENT
from vouchers.awards.letters.reading import as_signed
from vouchers.awards.permissions import may_countersign
from vouchers.awards.queries.countersigning import (
    SignedAgreement,
    conditions_to_countersign,
    signed_agreement,
)
from vouchers.awards.queries.signing import COUNTERSIGNATURE, Signatory
from vouchers.awards.views.finding import award_or_404
from vouchers.awards.views.signing_page import ShownText, ToSign, signing_page


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
    return signing_page(request, _signed_by_the_cluster(request, agreement))


def _signed_by_the_cluster(request: PersonRequest, agreement: SignedAgreement) -> ToSign:
    award, by = agreement.signature.award, request.user

    def sign(signing: actions.SigningInput) -> HttpResponse | None:
        made = actions.countersign(award, signing=signing, by=by)
        if made is None:
            return None
        messages.success(
            request, _("Counter-signed. The agreement is written with both signatures.")
        )
        return redirect(made.voucher)

    return ToSign(
        Signatory(award, by, COUNTERSIGNATURE),
        "awards/countersign.html",
        shown=lambda: _shown(agreement),
        send=lambda language: actions.send_countersigning_code(award, language=language, by=by),
        sign=sign,
        for_programme=True,
    )


def _shown(agreement: SignedAgreement) -> ShownText:
    signature = agreement.signature
    award = signature.award
    held = documents_about(award.voucher).filter(
        kind=AGREEMENT.slug, validity=Document.Validity.CURRENT
    )
    withdrawn = not any(one.language == signature.language for one in held)
    return ShownText(
        as_signed(signature),
        conditions_to_countersign(award),
        is_void=withdrawn,
        more={
            "award": award,
            "signature": signature,
            "agreement": agreement,
            "withdrawn": withdrawn,
            "documents": held,
        },
    )
