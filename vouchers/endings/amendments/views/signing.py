"""Signing an amendment: a manager for the cluster, then a second coordinator for the programme."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.middleware import PersonRequest
from conduct.actions import require
from vouchers.awards.actions import SigningInput
from vouchers.awards.queries.countersigning import conditions_to_countersign
from vouchers.awards.views.signing_page import ShownText, ToSign, language_of_page, signing_page
from vouchers.endings.amendments import actions
from vouchers.endings.amendments.actions.signing import signatory_of
from vouchers.endings.amendments.letters import amendment_to_read, as_signed
from vouchers.endings.amendments.models import Amendment, AmendmentSignature, SigningSide
from vouchers.endings.amendments.permissions import may_countersign_amendment, may_sign_amendment
from vouchers.endings.amendments.queries import is_over, signature_of

from .finding import amendment_or_404


@login_required
@never_cache
def sign(request: PersonRequest, pk: int) -> HttpResponse:
    """The amendment to read, and the form that signs it for the cluster."""
    found = amendment_or_404(request, pk)
    require(may_sign_amendment, request.user, found)
    if found.state != Amendment.State.DRAWN_UP or is_over(found):
        # Sent twice over a slow line, or closed meanwhile: its page says what became of it.
        return redirect(found)
    return signing_page(request, _for_the_cluster(request, found))


@login_required
@never_cache
def countersign(request: PersonRequest, pk: int) -> HttpResponse:
    """What the cluster signed, and the form that signs it for the programme."""
    found = amendment_or_404(request, pk)
    require(may_countersign_amendment, request.user, found)
    first = signature_of(found, SigningSide.CLUSTER)
    if first is None or found.state != Amendment.State.SIGNED or is_over(found):
        return redirect(found)
    return signing_page(request, _for_the_programme(request, found, first))


def _for_the_cluster(request: PersonRequest, amendment: Amendment) -> ToSign:
    by = request.user

    def sign_it(signing: SigningInput) -> HttpResponse | None:
        made = actions.sign_amendment(amendment, signing=signing, by=by)
        if made is None:
            return None
        messages.success(request, _("Signed. A coordinator counter-signs it next."))
        return redirect(amendment)

    return ToSign(
        signatory_of(amendment, by, SigningSide.CLUSTER),
        "endings/sign_amendment.html",
        shown=lambda: ShownText(
            amendment_to_read(amendment, language_of_page()), more={"amendment": amendment}
        ),
        send=lambda language: actions.send_amendment_code(amendment, language=language, by=by),
        sign=sign_it,
    )


def _for_the_programme(
    request: PersonRequest, amendment: Amendment, first: AmendmentSignature
) -> ToSign:
    by = request.user

    def sign_it(signing: SigningInput) -> HttpResponse | None:
        made = actions.countersign_amendment(amendment, signing=signing, by=by)
        if made is None:
            return None
        messages.success(request, _("Counter-signed. The amendment is in force."))
        return redirect(amendment)

    return ToSign(
        signatory_of(amendment, by, SigningSide.PROGRAMME),
        "endings/countersign_amendment.html",
        shown=lambda: ShownText(
            as_signed(first),
            conditions_to_countersign(amendment.voucher.award),
            more={"amendment": amendment, "signature": first},
        ),
        send=lambda language: actions.send_amendment_countersigning_code(
            amendment, language=language, by=by
        ),
        sign=sign_it,
        for_programme=True,
    )
