"""Three providers are asked for quotes; not the cheapest is chosen, and a contract is concluded."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from conduct.queries.days import today
from demonstration.content.six.parts import QuoteWords
from demonstration.story.handing import give_link
from demonstration.story.quotes import ask_for_quotes, choose, conclude, secret_of
from vouchers.providers.quotes import actions
from vouchers.providers.quotes.models import QuoteInvitation
from vouchers.providers.quotes.models.quotes import LineKind

from .telling import Telling


def buy(telling: Telling) -> None:
    """The providers answer by their links until the deadline; the chosen one gets a link to work by."""
    offers, hour = telling.words.offers, timedelta(hours=1)
    if not offers:
        return
    deadline = telling.instant(38)
    terms = ask_for_quotes(
        telling.story,
        [telling.providers[one.provider] for one in offers],
        at=telling.instant(27),
        deadline=deadline,
        people=[one.person for one in offers],
    )
    with telling.day(35):
        for invitation, offer in zip(terms.invitations.order_by("pk"), offers, strict=True):
            _answer(telling, invitation, offer)
    choose(
        telling.story,
        terms,
        at=deadline + hour,
        given=[Decimal(one.marks) for one in offers],
        why=telling.words.why_chosen,
    )
    conclude(telling.story, terms, at=telling.instant(44))
    with telling.day(45):
        telling.link = give_link(telling.story)


def _answer(telling: Telling, invitation: QuoteInvitation, offer: QuoteWords) -> None:
    """The days that are asked for at the provider's rate; all else costs what the plan says."""
    secret, words = secret_of(invitation), telling.words
    lines = [
        actions.OfferedLine(
            LineKind.DAYS,
            words.expert if offer is words.offers[0] else offer.person,
            invitation.terms.days,
            Decimal(offer.rate),
        )
    ]
    lines += [
        actions.OfferedLine(kind, text, amount=Decimal(amount))
        for step in words.steps
        for kind, text, amount in step.rest
    ]
    actions.save_quote(
        invitation,
        link=secret,
        lines=lines,
        approach=offer.approach,
        experience=offer.experience,
        valid_until=today() + timedelta(days=120),
        currency="EUR",
    )
    actions.send_quote(invitation, link=secret)
