"""Reading an agreement, confirming who one is, and signing it."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.middleware import PersonRequest
from conduct.actions import OutOfOrder, Refused, require
from conduct.actions.states import require_state
from conduct.views import refusal_beside
from links.actions import prove_with_code, send_code
from links.actions.throttling import may_ask_for_code, may_try_code
from vouchers.awards import actions
from vouchers.awards.forms.signing import SigningForm
from vouchers.awards.letters.reading import agreement_to_read
from vouchers.awards.models import AgreementSignature, Award
from vouchers.awards.permissions import may_answer_award
from vouchers.awards.queries.signing import (
    Signatory,
    conditions_of,
    declaration_to_affirm,
    has_app,
    newest_code,
)
from vouchers.awards.views.finding import award_or_404


@login_required
@never_cache
def accept(request: PersonRequest, pk: int) -> HttpResponse:
    """The agreement to read, its conditions, and the form that signs it and accepts the award."""
    found = award_or_404(request, pk)
    require(may_answer_award, request.user, found)
    if request.method != "POST":
        if found.state != Award.State.OFFERED:
            return redirect(found)
        return _page(request, found, _form(request, found))
    if "send_code" in request.POST:
        return _send(request, found)
    form = _form(request, found, bound=True)
    if form.is_valid():
        with refusal_beside(form):
            signing = _signing(request, found, form)
            voucher = actions.accept_award(found, signing=signing, by=request.user)
            messages.success(request, _("The voucher is yours. The agreement is being written."))
            return redirect(voucher)
    return _page(request, found, form, status=422)


def _form(request: PersonRequest, award: Award, *, bound: bool = False) -> SigningForm:
    kept = request.POST.dict() if "send_code" in request.POST else {"name": str(request.user)}
    return SigningForm(
        request.POST if bound else None,
        initial={**kept, "code": ""},
        declares=declaration_to_affirm(award) is not None,
        by_app=has_app(request.user),
    )


def _page(
    request: PersonRequest, award: Award, form: SigningForm, *, status: int = 200
) -> HttpResponse:
    """The page as it stands now: what is signed next is the text that it shows."""
    text = agreement_to_read(award, get_language() or settings.LANGUAGE_CODE)
    conditions = conditions_of(award)
    context = {
        "award": award,
        "text": text,
        "form": form,
        "conditions": conditions,
        "blocked": any(condition.blocks for condition in conditions),
        "by_app": has_app(request.user),
        "is_sent": newest_code(Signatory(award, request.user)) is not None,
    }
    return render(request, "awards/sign.html", context, status=status)


def _send(request: PersonRequest, award: Award) -> HttpResponse:
    require_state(award, Award.State.OFFERED)
    signatory = Signatory(award, request.user)
    if not may_ask_for_code(request, signatory.reference):
        messages.error(
            request, _("Many codes were sent to you. Please wait an hour and try again.")
        )
        return _page(request, award, _form(request, award), status=429)
    send_code(
        signatory,
        language=get_language() or settings.LANGUAGE_CODE,
        mail="awards/mails/signing_code",
    )
    messages.success(request, _("A code is on its way to you by e-mail."))
    return _page(request, award, _form(request, award))


def _signing(request: PersonRequest, award: Award, form: SigningForm) -> actions.SigningInput:
    """What was typed, once the code is proven; what else would refuse is looked at before it is used."""
    given = form.cleaned_data
    require_state(award, Award.State.OFFERED)
    actions.require_in_time(award)
    language, shown = request.POST.get("read_in", ""), request.POST.get("shown", "")
    if language not in dict(settings.LANGUAGES):
        language = settings.LANGUAGE_CODE
    actions.require_shown(award, language, shown)
    if any(condition.blocks for condition in conditions_of(award)):
        raise OutOfOrder(_("A condition is not met yet. Please look at the list of conditions."))
    return actions.SigningInput(
        name=given["name"],
        function=given["function"],
        affirms=given.get("affirms", False),
        language=language,
        shown=shown,
        confirmed_by=_confirmed(request, award, given["code"]),
        address=get_adapter().get_client_ip(request),
    )


def _confirmed(request: PersonRequest, award: Award, typed: str) -> AgreementSignature.Confirmation:
    signatory = Signatory(award, request.user)
    if not may_try_code(request, signatory.reference):
        raise Refused(_("Many codes were tried. Please wait an hour and try again."), field="code")
    if has_app(request.user):
        app = Authenticator.objects.get(user=request.user, type=Authenticator.Type.TOTP)
        if app.wrap().validate_code(typed):
            return AgreementSignature.Confirmation.FACTOR
        raise Refused(_("This is not the code that your app shows now."), field="code")
    code = newest_code(signatory)
    if code is None:
        raise Refused(_("Have a code sent to you first."), field="code")
    if prove_with_code(signatory, code, typed=typed):
        return AgreementSignature.Confirmation.MAIL
    code.refresh_from_db()
    if code.may_be_tried:
        raise Refused(
            _("This is not the code of the newest e-mail. Please look at it again."), field="code"
        )
    raise Refused(_("This code works no more. Have another one sent to you."), field="code")
