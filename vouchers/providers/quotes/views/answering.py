"""What a provider does by its personal link, without an account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from conduct.actions import Refused
from conduct.forms import saves_rows, typed_rows
from conduct.views import refusal_beside
from documents.queries import documents_about
from files.views.serving import kept_file, private_file
from inputs.rules.currencies import smallest_of
from links.views import LinkPage
from vouchers.providers.quotes import actions
from vouchers.providers.quotes.forms.answering import LineFormSet, QuoteFileForm, QuoteForm
from vouchers.providers.quotes.models import Quote, QuoteInvitation, QuoteLink, TermsOfReference
from vouchers.providers.quotes.queries import sealing

_TEXTS = ("approach", "experience", "valid_until", "currency")


class OwnQuotePage(LinkPage[QuoteLink]):
    """A page of who answers an invitation; 404 once no quote is awaited by the link."""

    model = QuoteLink

    @property
    def secret(self) -> str:
        """What the link says, which opens the seal of its own quote."""
        return str(self.kwargs["secret"])

    @property
    def is_over(self) -> bool:
        """Whether the provider is asked no more, or nobody is."""
        invitation = self.link.invitation
        return (
            invitation.state != QuoteInvitation.State.INVITED
            or invitation.terms.state == TermsOfReference.State.ENDED
        )

    def awaited(self) -> QuoteInvitation:
        """The invitation of the link. Raises Http404 where no quote is awaited by it."""
        if self.is_over:
            raise Http404
        return self.link.invitation

    def get(self, request: HttpRequest, **record: int) -> HttpResponseBase:  # noqa: ARG002
        """To the quote itself: where a code was asked for before a button, it is pressed again."""
        return redirect("quotes:answer", self.secret)

    def conduct(
        self, request: HttpRequest, write: Callable[[QuoteInvitation], Any], done: str
    ) -> HttpResponse:
        """Write, say so or what was refused, and show the quote."""
        invitation = self.awaited()
        try:
            write(invitation)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done)
        return redirect("quotes:answer", self.secret)


class AnswerPage(OwnQuotePage):
    """The terms, the quote that stands, and the draft: saved or sent."""

    def get(self, request: HttpRequest, **record: int) -> HttpResponse:  # noqa: ARG002
        return self._answered(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        return self._answered(request)

    def _answered(self, request: HttpRequest) -> HttpResponse:
        invitation = self.link.invitation
        if self.is_over:
            ended = {"invitation": invitation}
            return render(request, "quotes/link_ended.html", ended, status=410)
        quotes = sealing.own_quotes(invitation, self.secret)
        draft = next((one for one in quotes if one.state == Quote.State.DRAFT), None)
        standing = next((one for one in quotes if one.state == Quote.State.SENT), None)
        asked = invitation.terms.currencies
        form = QuoteForm(request.POST or None, initial=_texts_of(draft), currencies=asked)
        formset = LineFormSet(
            typed_rows(request),
            initial=lines_of(draft),
            form_kwargs={"currencies": asked},
        )
        if saves_rows(request) and form.is_valid() & formset.is_valid():
            with refusal_beside(form):
                return self._saved(request, lines=formset.lines(), **form.cleaned_data)
        context = {
            "link": self.link,
            "invitation": invitation,
            "terms": invitation.terms,
            "milestones": invitation.terms.milestones.all(),
            "grounds": invitation.terms.grounds.all(),
            "secret": self.secret,
            "form": form,
            "formset": formset,
            "file_form": QuoteFileForm(),
            "draft": draft,
            "seen": actions.mark_of_draft(draft),
            "standing": standing,
            "writes": draft is not None or standing is None,
        }
        return render(request, "quotes/answer.html", context)

    def _saved(self, request: HttpRequest, **told: Any) -> HttpResponse:
        invitation = self.link.invitation
        seen = request.POST.get("seen", "")
        actions.save_quote(invitation, link=self.secret, seen=seen, **told)
        done = _("Saved. Nobody has it yet: send it before the deadline.")
        if "send" in request.POST:
            actions.send_quote(invitation, link=self.secret)
            done = _("Sent. It is sealed: nobody can read it before the deadline.")
        messages.success(request, done)
        return redirect("quotes:answer", self.secret)


class AddFile(OwnQuotePage):
    """Adding a file to the draft."""

    def post(self, request: HttpRequest) -> HttpResponse:
        form = QuoteFileForm(request.POST, request.FILES)
        if not form.is_valid():
            messages.error(request, _("Choose a file first."))
            return redirect("quotes:answer", self.secret)
        upload = form.cleaned_data["upload"]
        return self.conduct(
            request,
            lambda invitation: actions.add_quote_file(invitation, link=self.secret, upload=upload),
            _("The file is added to your draft."),
        )


class RemoveFile(OwnQuotePage):
    """Taking a file out of the draft."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.conduct(
            request,
            lambda invitation: actions.remove_quote_file(invitation, link=self.secret, file_pk=pk),
            _("The file is taken out."),
        )


class Withdraw(OwnQuotePage):
    """Taking back the quote that stands."""

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.conduct(
            request,
            lambda invitation: actions.withdraw_quote(invitation, link=self.secret),
            _("Your quote is taken back. You may send another one until the deadline."),
        )


class Revise(OwnQuotePage):
    """Beginning a newer version of the quote that stands."""

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.conduct(
            request,
            lambda invitation: actions.revise_quote(invitation, link=self.secret),
            _("Change what you like. What you sent stands until you send this one."),
        )


class OwnFile(OwnQuotePage):
    """A file of the provider's own quote."""

    def get(self, request: HttpRequest, **record: int) -> HttpResponseBase:
        found = sealing.own_file(self.awaited(), self.secret, record["pk"])
        if found is None:
            raise Http404
        return kept_file(request, found)


class TermsPdf(OwnQuotePage):
    """The terms of reference as a PDF, in the language of the quotes."""

    def get(self, request: HttpRequest, **record: int) -> HttpResponseBase:  # noqa: ARG002
        terms = self.awaited().terms
        for document in documents_about(terms):
            is_wanted = (document.kind, document.language) == ("terms-of-reference", terms.language)
            if is_wanted and document.file:
                return private_file(
                    request,
                    document.file,
                    name=f"{terms.voucher.reference}-terms-{terms.language}.pdf",
                    content_type="application/pdf",
                )
        raise Http404


def _texts_of(draft: Quote | None) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in _TEXTS} if draft else {"currency": "EUR"}


def lines_of(quote: Quote | None) -> list[dict[str, Any]]:
    """The lines of a quote as rows of the form; amounts have the decimals of its currency."""
    if quote is None:
        return []
    smallest = smallest_of(quote.currency)
    return [
        {
            "kind": line.kind,
            "text": line.text,
            "days": line.days,
            "rate": line.rate and line.rate.quantize(smallest),
            "amount": line.amount.quantize(smallest) if line.days is None else None,
        }
        for line in quote.lines.all()
    ]
