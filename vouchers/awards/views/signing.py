"""Reading an agreement, confirming who one is, and signing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.middleware import PersonRequest
from conduct.actions import require, require_state
from conduct.views import refusal_beside
from links.actions.throttling import may_ask_for_code, may_try_code
from vouchers.awards import actions
from vouchers.awards.forms.signing import SigningForm
from vouchers.awards.letters.reading import agreement_draft, agreement_to_read
from vouchers.awards.models import Award
from vouchers.awards.permissions import may_answer_award
from vouchers.awards.queries.signing import (
    Signatory,
    app_of,
    conditions_of,
    declaration_to_affirm,
    newest_code,
    why_not_confirmed,
)
from vouchers.awards.views.finding import award_or_404


@login_required
@never_cache
def accept(request: PersonRequest, pk: int) -> HttpResponse:
    """The agreement to read, its conditions, and the form that signs it and accepts the award."""
    found = award_or_404(request, pk)
    require(may_answer_award, request.user, found)
    if found.state != Award.State.OFFERED:
        # Sent twice over a slow line, or answered meanwhile: its page says what became of it.
        return redirect(found)
    if request.method != "POST":
        return _page(request, found, _form(request, found))
    if "send_code" in request.POST:
        return _send(request, found)
    form = _form(request, found, bound=True)
    return _sign(request, found, form) or _page(request, found, form, status=422)


@login_required
@never_cache
def draft(request: PersonRequest, pk: int) -> HttpResponse:
    """The agreement as PDF, to be read before it is signed: in the reader's language."""
    found = award_or_404(request, pk)
    require_state(found, Award.State.OFFERED)
    name = f"{found.application.reference}-draft.pdf"
    return HttpResponse(
        agreement_draft(found, _language()),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def _sign(request: PersonRequest, award: Award, form: SigningForm) -> HttpResponse | None:
    """Onward to the voucher; None where the form says what is wrong."""
    signatory = Signatory(award, request.user)
    if not is_filled(request, form, signatory):
        return None
    with refusal_beside(form):
        signing = signing_of(request, form)
        voucher = actions.accept_award(award, signing=signing, by=request.user)
        if voucher is not None:
            messages.success(request, _("The voucher is yours. The agreement is being written."))
            return redirect(voucher)
        form.add_error("code", why_not_confirmed(signatory))
    return None


def is_filled(request: PersonRequest, form: SigningForm, signatory: Signatory) -> bool:
    """Whether the form is filled in, and its code may be tried; else the form says what is wrong."""
    if not form.is_valid():
        return False
    if not may_try_code(request, signatory.reference):
        form.add_error("code", _("Many codes were tried. Please wait an hour and try again."))
        return False
    return True


def begun_of(request: PersonRequest) -> dict[str, Any]:
    """What the form begins with: what was typed before a code was asked for, or who signs."""
    kept = request.POST.dict() if "send_code" in request.POST else {"name": str(request.user)}
    return {**kept, "code": ""}


def code_sent(request: PersonRequest, signatory: Signatory, send: Callable[[str], object]) -> int:
    """Have a code sent in the language of the page, unless many were; the status of the page then."""
    if not may_ask_for_code(request, signatory.reference):
        messages.error(
            request, _("Many codes were sent to you. Please wait an hour and try again.")
        )
        return 429
    send(_language())
    messages.success(request, _("A code is on its way to you by e-mail."))
    return 200


def _form(request: PersonRequest, award: Award, *, bound: bool = False) -> SigningForm:
    return SigningForm(
        request.POST if bound else None,
        initial=begun_of(request),
        declares=declaration_to_affirm(award) is not None,
        by_app=app_of(request.user) is not None,
    )


def _page(
    request: PersonRequest, award: Award, form: SigningForm, *, status: int = 200
) -> HttpResponse:
    """The page as it stands now: what is signed next is the text that it shows."""
    conditions = conditions_of(award)
    context = {
        "award": award,
        "text": agreement_to_read(award, _language()),
        "form": form,
        "conditions": conditions,
        "blocked": any(condition.blocks for condition in conditions),
        "by_app": form.by_app,
        "is_sent": newest_code(Signatory(award, request.user)) is not None,
    }
    return render(request, "awards/sign.html", context, status=status)


def _send(request: PersonRequest, award: Award) -> HttpResponse:
    def send(language: str) -> object:
        return actions.send_signing_code(award, language=language, by=request.user)

    status = code_sent(request, Signatory(award, request.user), send)
    return _page(request, award, _form(request, award), status=status)


def signing_of(request: PersonRequest, form: SigningForm) -> actions.SigningInput:
    """What was typed, and which text the page had shown."""
    language = request.POST.get("read_in", "")
    return actions.SigningInput(
        **form.cleaned_data,
        language=language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
        shown=request.POST.get("shown", ""),
        address=get_adapter().get_client_ip(request),
    )


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
