"""Opening what was sealed: two people, after the deadline, with a record of what had arrived."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from conduct.actions import Refused, action, constraints_of, judged, move
from conduct.queries.clock import database_now
from documents.wording import instant, number
from vouchers.providers.quotes.models import OpeningCall, QuoteOpening, TermsOfReference
from vouchers.providers.quotes.permissions import may_open
from vouchers.providers.quotes.queries.comparing import opened_quotes
from vouchers.providers.quotes.queries.rates import awaited_rates
from vouchers.providers.quotes.queries.terms import least_of

from .telling import tell_cluster, tell_officers, tell_who_takes_rates
from .terms import require_running


@action(gettext_lazy("Opening of quotes called"))
def call_opening(terms: TermsOfReference, *, by: User) -> OpeningCall:
    """The first of two people is ready to open; the others are told that a second one is waited for.

    Raises Refused before the deadline, and where fewer quotes arrived than are asked for.
    """
    terms = _closed(terms, by)
    with constraints_of(OpeningCall):
        call, _made = OpeningCall.objects.update_or_create(
            terms=terms, defaults={"person": by, "called_at": timezone.now()}
        )
    tell_cluster("quotes-to-open", terms, but=by, person=str(by))
    tell_officers("quotes-to-open", terms, but=by, person=str(by))
    return call


@action(gettext_lazy("Quotes opened"))
def open_quotes(terms: TermsOfReference, *, by: User) -> QuoteOpening:
    """The second person opens: from here on the quotes can be read, and nothing can be added.

    Raises Refused before a first person is there, for the same person, before the deadline, and
    where fewer quotes arrived than the call, or a derogation, asks for.
    """
    terms = _closed(terms, by)
    first = OpeningCall.objects.filter(terms=terms).select_related("person").first()
    if first is None:
        raise Refused(_("Two people open quotes: the first one announces the opening."))
    if first.person_id == by.pk:
        raise Refused(_("Two people open quotes: a second one must press now."))
    with constraints_of(QuoteOpening):
        opening = QuoteOpening.objects.create(
            terms=terms,
            first_person=first.person,
            second_person=by,
            opened_at=database_now(),
        )
    opening.received = [
        {
            "provider": quote.invitation.provider.name,
            "version": quote.version,
            "sent_at": (quote.sent_at or opening.opened_at).isoformat(),
            "fingerprint": quote.fingerprint,
        }
        for quote in opened_quotes(terms)
    ]
    opening.save()
    move(terms, TermsOfReference.State.OPENED)
    terms.save()
    tell_cluster("quotes-opened", terms, but=by)
    tell_officers("quotes-opened", terms, but=by)
    if awaited := awaited_rates(terms):
        tell_who_takes_rates(terms, awaited)
    return opening


def _closed(terms: TermsOfReference, by: User) -> TermsOfReference:
    """The terms, locked, past their deadline and with enough quotes; refuses otherwise."""
    terms = judged(terms, may_open, by=by, states=[TermsOfReference.State.ASKING])
    require_running(terms)
    if terms.deadline is None or database_now() < terms.deadline:
        raise Refused(
            _("Quotes are sealed until %(deadline)s.")
            % {"deadline": instant(terms.deadline or timezone.now(), terms.country.time_zone)}
        )
    least = least_of(terms)
    if terms.answers < least:
        raise Refused(
            ngettext(
                "%(number)s quote arrived, and %(least)s are asked for. Extend the deadline for "
                "all, or ask the country partner for a derogation.",
                "%(number)s quotes arrived, and %(least)s are asked for. Extend the deadline for "
                "all, or ask the country partner for a derogation.",
                terms.answers,
            )
            % {"number": terms.answers, "least": number(least)}
        )
    return terms
