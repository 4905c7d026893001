"""The code by which a browser shows that it is the holder's, and for how long it is remembered."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from inputs.rules.marks import western_digits, without_marks
from links.actions import prove_with_code, send_code
from links.actions.throttling import may_ask_for_code, may_try_code
from links.models import PersonalLink
from links.queries import code_asked_for

# In the session: until when each link is remembered, and which code was sent for it.
_REMEMBERED, _CODES = "links", "link_codes"
# Fields of the page that asks, beside what it carries of the form that was sent.
_OURS = ("csrfmiddlewaretoken", "link_step", "link_code", "carried")


def is_remembered(request: HttpRequest, link: PersonalLink) -> bool:
    """Whether this browser gave a code for this link within REMEMBERED_FOR."""
    until = request.session.get(_REMEMBERED, {}).get(link.reference)
    return until is not None and timezone.now() < datetime.fromisoformat(until)


def second_proof(request: HttpRequest, link: PersonalLink) -> HttpResponse | None:
    """Ask for a code, send one, or take it; None once the right one was given.

    A code is for the browser that had it sent: another one that knows the link cannot use it.
    """
    step = request.POST.get("link_step", "")
    if step == "send":
        return _send(request, link)
    if step == "try":
        return _try(request, link)
    return _page(request, link)


def _send(request: HttpRequest, link: PersonalLink) -> HttpResponse:
    if not may_ask_for_code(request, link.reference):
        return _page(
            request,
            link,
            problem=_("Many codes were sent for this link. Please wait an hour and try again."),
            status=429,
        )
    code = send_code(link, language=translation.get_language() or link.language)
    request.session[_CODES] = {**request.session.get(_CODES, {}), link.reference: code.pk}
    return _page(request, link)


def _try(request: HttpRequest, link: PersonalLink) -> HttpResponse | None:
    if not may_try_code(request, link.reference):
        return _page(
            request,
            link,
            problem=_("Many codes were tried for this link. Please wait an hour and try again."),
            status=429,
        )
    code = code_asked_for(link, request.session.get(_CODES, {}).get(link.reference, 0))
    typed = western_digits(without_marks(request.POST.get("link_code", ""))).replace(" ", "")
    if code is None or not prove_with_code(link, code, typed=typed):
        if code is not None:
            code.refresh_from_db()
        if code is None or not code.may_be_tried:
            request.session[_CODES] = {
                key: pk
                for key, pk in request.session.get(_CODES, {}).items()
                if key != link.reference
            }
            problem = _("This code works no more. Have another one sent to you.")
        else:
            problem = _("This is not the code of the newest e-mail. Please look at it again.")
        return _page(request, link, problem=problem, status=422)
    _remember(request, link)
    return None


def _remember(request: HttpRequest, link: PersonalLink) -> None:
    now = timezone.now()
    standing = {
        key: until
        for key, until in request.session.get(_REMEMBERED, {}).items()
        if now < datetime.fromisoformat(until)
    }
    until = (now + link.REMEMBERED_FOR).isoformat()
    request.session[_REMEMBERED] = {**standing, link.reference: until}
    # Nobody who put a session into this browser before shares in it.
    request.session.cycle_key()


def _page(
    request: HttpRequest, link: PersonalLink, *, problem: str = "", status: int = 200
) -> HttpResponse:
    carried = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _OURS
        for value in values
    ]
    context = {
        "link": link,
        "address": masked(link.email),
        "is_sent": link.reference in request.session.get(_CODES, {}),
        "carried": carried,
        "problem": problem,
    }
    return render(request, "links/prove.html", context, status=status)


def masked(email: str) -> str:
    """An e-mail address as its owner knows it again, and nobody else learns it: `a…@example.org`."""
    name, _at, host = email.rpartition("@")
    return f"{name[:1]}…@{host}"
