"""Reading the agreement that an award offers, and signing it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.middleware import PersonRequest
from conduct.actions import require, require_state
from vouchers.awards import actions
from vouchers.awards.letters.reading import agreement_draft, agreement_to_read
from vouchers.awards.models import Award
from vouchers.awards.permissions import may_answer_award
from vouchers.awards.queries.signing import Signatory, conditions_of, declaration_to_affirm
from vouchers.awards.views.finding import award_or_404
from vouchers.awards.views.signing_page import ShownText, ToSign, language_of_page, signing_page


@login_required
@never_cache
def accept(request: PersonRequest, pk: int) -> HttpResponse:
    """The agreement to read, its conditions, and the form that signs it and accepts the award."""
    found = award_or_404(request, pk)
    require(may_answer_award, request.user, found)
    if found.state != Award.State.OFFERED:
        # Sent twice over a slow line, or answered meanwhile: its page says what became of it.
        return redirect(found)
    return signing_page(request, _offered(request, found))


@login_required
@never_cache
def draft(request: PersonRequest, pk: int) -> HttpResponse:
    """The agreement as PDF, to be read before it is signed: in the reader's language."""
    found = award_or_404(request, pk)
    require_state(found, Award.State.OFFERED)
    name = f"{found.application.reference}-draft.pdf"
    return HttpResponse(
        agreement_draft(found, language_of_page()),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def _offered(request: PersonRequest, award: Award) -> ToSign:
    by = request.user

    def sign(signing: actions.SigningInput) -> HttpResponse | None:
        voucher = actions.accept_award(award, signing=signing, by=by)
        if voucher is None:
            return None
        messages.success(request, _("The voucher is yours. The agreement is being written."))
        return redirect(voucher)

    return ToSign(
        Signatory(award, by),
        "awards/sign.html",
        shown=lambda: ShownText(
            agreement_to_read(award, language_of_page()),
            conditions_of(award),
            more={"award": award},
        ),
        send=lambda language: actions.send_signing_code(award, language=language, by=by),
        sign=sign,
        declares=declaration_to_affirm(award) is not None,
    )
