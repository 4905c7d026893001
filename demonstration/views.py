"""The outbox of the demonstration: every e-mail as it would have arrived."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from accounts.middleware import PersonRequest
from dashboards.permissions import may_try_again

from .mails import MOST, DemoMail, mail_called, newest_mails


@login_required
@require_GET
def mails(request: PersonRequest) -> HttpResponse:
    """Every e-mail, the newest first."""
    _require_reader(request)
    words = request.GET.get("text", "")[:100]
    context = {"mails": newest_mails(words), "most": MOST, "words": words}
    return render(request, "demonstration/mails.html", context)


@login_required
@require_GET
def mail(request: PersonRequest, name: str) -> HttpResponse:
    """One e-mail in both of its forms."""
    return render(request, "demonstration/mail.html", {"mail": _found(request, name)})


@login_required
@require_GET
@xframe_options_sameorigin
def as_html(request: PersonRequest, name: str) -> HttpResponse:
    """Its HTML alone, to be shown in a frame in which nothing runs."""
    response = HttpResponse(_found(request, name).html)
    response["Content-Security-Policy"] = (
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';"
        " style-src 'unsafe-inline'; frame-ancestors 'self'"
    )
    return response


def _require_reader(request: PersonRequest) -> None:
    # Invitations and codes are among them: in the demonstration only, and for who shows it.
    if not may_try_again.test(request.user):
        raise Http404


def _found(request: PersonRequest, name: str) -> DemoMail:
    _require_reader(request)
    found = mail_called(name)
    if found is None:
        raise Http404
    return found
