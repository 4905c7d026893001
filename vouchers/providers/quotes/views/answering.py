"""What a provider does by its link, without an account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from conduct.actions import Refused
from conduct.forms import saves_rows, typed_rows
from conduct.views import refusal_beside
from documents.queries import documents_about
from files.views.serving import private_file
from vouchers.providers.quotes import actions
from vouchers.providers.quotes.forms.answering import LineFormSet, QuoteFileForm, QuoteForm
from vouchers.providers.quotes.models import Quote, QuoteInvitation, TermsOfReference
from vouchers.providers.quotes.queries import sealing

from .finding import invitation_of_link

_TEXTS = ("approach", "experience", "valid_until", "currency")


@never_cache
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """The terms, the quote that stands, and the draft: saved or sent."""
    invitation = invitation_of_link(secret)
    if _has_ended(invitation):
        return render(request, "quotes/link_ended.html", {"invitation": invitation}, status=410)
    quotes = sealing.own_quotes(invitation, secret)
    draft = next((one for one in quotes if one.state == Quote.State.DRAFT), None)
    standing = next((one for one in quotes if one.state == Quote.State.SENT), None)
    form = QuoteForm(request.POST or None, initial=_texts_of(draft))
    formset = LineFormSet(typed_rows(request), initial=_lines_of(draft))
    if saves_rows(request) and form.is_valid() & formset.is_valid():
        with refusal_beside(form):
            actions.save_quote(invitation, link=secret, lines=formset.lines(), **form.cleaned_data)
            if "send" not in request.POST:
                messages.success(
                    request, _("Saved. Nobody has it yet: send it before the deadline.")
                )
                return redirect("quotes:answer", secret)
            actions.send_quote(invitation, link=secret)
            messages.success(
                request,
                _("Sent. It is sealed: nobody can read it before the deadline."),
            )
            return redirect("quotes:answer", secret)
    return render(
        request,
        "quotes/answer.html",
        {
            "invitation": invitation,
            "terms": invitation.terms,
            "milestones": invitation.terms.milestones.all(),
            "grounds": invitation.terms.grounds.all(),
            "secret": secret,
            "form": form,
            "formset": formset,
            "file_form": QuoteFileForm(),
            "draft": draft,
            "standing": standing,
            "writes": draft is not None or standing is None,
        },
    )


@never_cache
@require_POST
def add_file(request: HttpRequest, secret: str) -> HttpResponse:
    """Add a file to the draft."""
    invitation = _open_invitation(secret)
    form = QuoteFileForm(request.POST, request.FILES)
    if form.is_valid():
        _told(
            request,
            lambda: actions.add_file(invitation, link=secret, upload=form.cleaned_data["upload"]),
            _("The file is added to your draft."),
        )
    else:
        messages.error(request, _("Choose a file first."))
    return redirect("quotes:answer", secret)


@never_cache
@require_POST
def remove_file(request: HttpRequest, secret: str, pk: int) -> HttpResponse:
    """Take a file out of the draft."""
    invitation = _open_invitation(secret)
    _told(
        request,
        lambda: actions.remove_file(invitation, link=secret, file_pk=pk),
        _("The file is taken out."),
    )
    return redirect("quotes:answer", secret)


@never_cache
@require_POST
def withdraw(request: HttpRequest, secret: str) -> HttpResponse:
    """Take back the quote that stands."""
    invitation = _open_invitation(secret)
    _told(
        request,
        lambda: actions.withdraw_quote(invitation, link=secret),
        _("Your quote is taken back. You may send another one until the deadline."),
    )
    return redirect("quotes:answer", secret)


@never_cache
@require_POST
def revise(request: HttpRequest, secret: str) -> HttpResponse:
    """Begin a newer version of the quote that stands."""
    invitation = _open_invitation(secret)
    _told(
        request,
        lambda: actions.revise_quote(invitation, link=secret),
        _("Change what you like. What you sent stands until you send this one."),
    )
    return redirect("quotes:answer", secret)


@never_cache
def own_file(request: HttpRequest, secret: str, pk: int) -> HttpResponseBase:
    """A file of the provider's own quote."""
    invitation = _open_invitation(secret)
    found = sealing.own_file(invitation, secret, pk)
    if found is None:
        raise Http404
    return private_file(
        request,
        found.file,
        name=found.name,
        content_type=found.content_type,
        sha256=found.sha256,
    )


@never_cache
def terms_pdf(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The terms of reference as a PDF, in the language of the quotes."""
    invitation = _open_invitation(secret)
    wanted = invitation.terms.language
    for document in documents_about(invitation.terms):
        if document.kind == "terms-of-reference" and document.language == wanted and document.file:
            return private_file(
                request,
                document.file,
                name=f"{invitation.terms.voucher.reference}-terms-{wanted}.pdf",
                content_type="application/pdf",
            )
    raise Http404


def _has_ended(invitation: QuoteInvitation) -> bool:
    return (
        invitation.state != QuoteInvitation.State.INVITED
        or invitation.terms.state == TermsOfReference.State.ENDED
    )


def _open_invitation(secret: str) -> QuoteInvitation:
    invitation = invitation_of_link(secret)
    if _has_ended(invitation):
        raise Http404
    return invitation


def _told(request: HttpRequest, conduct: Any, done: str) -> None:
    """Conduct it and say so; a refusal is said in its place."""
    try:
        conduct()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)


def _texts_of(draft: Quote | None) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in _TEXTS} if draft else {"currency": "EUR"}


def _lines_of(draft: Quote | None) -> list[dict[str, Any]]:
    if draft is None:
        return []
    return [
        {
            "kind": line.kind,
            "text": line.text,
            "days": line.days,
            "rate": line.rate,
            "amount": line.amount if line.days is None else None,
        }
        for line in draft.lines.all()
    ]
