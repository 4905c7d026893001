"""The page that signs: it shows a text and its conditions, confirms who one is, and has it signed.

Which text, and for which side, is told by whoever shows it (`ToSign`); the page is the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from conduct.views import refusal_beside
from links.actions.throttling import may_ask_for_code, may_try_code
from vouchers.awards.actions import SigningInput
from vouchers.awards.forms.signing import SigningForm
from vouchers.awards.letters.reading import ToRead
from vouchers.awards.queries.signing import (
    Condition,
    Signatory,
    app_of,
    newest_code,
    why_not_confirmed,
)


@dataclass(frozen=True)
class ShownText:
    """What the page shows, as it stands now: what is signed next is this text."""

    text: ToRead
    conditions: Sequence[Condition] = ()
    # Whether nobody can sign, whatever the conditions say.
    is_void: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ToSign:
    """Who signs what: all that differs from one page that signs to another.

    `shown` reads it anew each time the page is shown; `send` mails a code in a language; `sign`
    signs, and answers with where it leads, or None where the code confirms nothing.
    """

    signatory: Signatory
    template: str
    shown: Callable[[], ShownText]
    send: Callable[[str], object]
    sign: Callable[[SigningInput], HttpResponse | None]
    # Whether a declaration on honour is affirmed with the signature.
    declares: bool = False
    for_programme: bool = False


def signing_page(request: PersonRequest, asked: ToSign) -> HttpResponse:
    """Show the text and the form, mail a code, or sign; what is typed stays where nothing is signed."""
    if request.method != "POST":
        return _page(request, asked, _form(request, asked))
    if "send_code" in request.POST:
        status = _code_sent(request, asked)
        return _page(request, asked, _form(request, asked), status=status)
    form = _form(request, asked, bound=True)
    return _signed(request, asked, form) or _page(request, asked, form, status=422)


def language_of_page() -> str:
    """The language in which the page is read."""
    return get_language() or settings.LANGUAGE_CODE


def _signed(request: PersonRequest, asked: ToSign, form: SigningForm) -> HttpResponse | None:
    """Onward; None where the form says what is wrong."""
    if not form.is_valid():
        return None
    if not may_try_code(request, asked.signatory.reference):
        form.add_error("code", _("Many codes were tried. Please wait an hour and try again."))
        return None
    with refusal_beside(form):
        onward = asked.sign(_signing_of(request, form))
        if onward is not None:
            return onward
        form.add_error("code", why_not_confirmed(asked.signatory))
    return None


def _form(request: PersonRequest, asked: ToSign, *, bound: bool = False) -> SigningForm:
    # What was typed before a code was asked for, or who signs.
    kept = request.POST.dict() if "send_code" in request.POST else {"name": str(request.user)}
    return SigningForm(
        request.POST if bound else None,
        initial={**kept, "code": ""},
        declares=asked.declares,
        by_app=app_of(request.user) is not None,
        counters=asked.for_programme,
    )


def _page(
    request: PersonRequest, asked: ToSign, form: SigningForm, *, status: int = 200
) -> HttpResponse:
    shown = asked.shown()
    blocked = shown.is_void or any(condition.blocks for condition in shown.conditions)
    context = {
        **shown.more,
        "text": shown.text,
        "form": form,
        "conditions": shown.conditions,
        "blocked": blocked,
        "by_app": form.by_app,
        "is_sent": newest_code(asked.signatory) is not None,
    }
    return render(request, asked.template, context, status=status)


def _code_sent(request: PersonRequest, asked: ToSign) -> int:
    """Have a code sent in the language of the page, unless many were; the status of the page then."""
    if not may_ask_for_code(request, asked.signatory.reference):
        messages.error(
            request, _("Many codes were sent to you. Please wait an hour and try again.")
        )
        return 429
    asked.send(language_of_page())
    messages.success(request, _("A code is on its way to you by e-mail."))
    return 200


def _signing_of(request: PersonRequest, form: SigningForm) -> SigningInput:
    """What was typed, and which text the page had shown."""
    language = request.POST.get("read_in", "")
    return SigningInput(
        **form.cleaned_data,
        language=language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
        shown=request.POST.get("shown", ""),
        address=get_adapter().get_client_ip(request),
    )
