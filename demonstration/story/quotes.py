"""Providers are asked for quotes about a voucher, answer by their links, and one is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings

from conduct.queries.days import today
from demonstration.clock import on
from demonstration.content.papers import paper
from demonstration.content.quotes import OFFERS
from demonstration.story.vouchers import VoucherStory
from links.rules.secrets import secret_from
from vouchers.assistance.queries import terms_from_plan
from vouchers.providers.contracts.actions import conclude_contract
from vouchers.providers.models import Provider
from vouchers.providers.quotes import actions
from vouchers.providers.quotes.models import QuoteInvitation, TermsOfReference
from vouchers.providers.quotes.models.quotes import LineKind
from vouchers.providers.quotes.queries import choice_of, compare

# What each asks of the ceiling beside its journeys, in the order in which providers are asked, and
# their marks on each ground. The first costs what the plan says.
_SHARES = (Decimal(1), Decimal("0.99"), Decimal("0.81"))
_MARKS = (Decimal("4.5"), Decimal(3), Decimal(2))
_JOURNEYS = Decimal(300)
_ANSWERING = ("Rania Haddad", "Karim Sour", "Joe Aoun")


def ask_for_quotes(
    told: VoucherStory,
    providers: Sequence[Provider],
    *,
    at: datetime,
    deadline: datetime,
    people: Sequence[str] = _ANSWERING,
) -> TermsOfReference:
    """The officer asks three providers, each by one of its `people`, for quotes on what the plan says."""
    words = OFFERS[told.facts.language]
    with on(at):
        terms, milestones = terms_from_plan(told.voucher)
        asked = actions.begin_terms(
            told.voucher,
            milestones=[actions.AskedMilestone(**one) for one in milestones],
            by=told.officer,
            **terms | {"title": words.title},
        )
        for provider, person in zip(providers, people, strict=True):
            actions.invite_provider(
                asked,
                provider,
                name=person,
                email=provider.email,
                by=told.officer,
            )
        return actions.ask_for_quotes(asked, deadline=deadline, by=told.officer)


def answer(
    told: VoucherStory,
    terms: TermsOfReference,
    *,
    at: datetime,
    how_many: int = 3,
    local: tuple[str, Decimal] = ("EUR", Decimal(1)),
) -> None:
    """So many of the providers answer by their links.

    All but the first quote in the `local` currency, of which so many units make a euro.
    """
    words = OFFERS[told.facts.language]
    invitations = list(terms.invitations.order_by("pk"))[:how_many]
    with on(at):
        for invitation, share, approach in zip(
            invitations, _SHARES, words.approaches, strict=False
        ):
            secret = secret_of(invitation)
            currency, units = ("EUR", Decimal(1)) if invitation == invitations[0] else local
            # In tens a day, as providers quote.
            rate = (terms.ceiling - _JOURNEYS) * share * units / terms.days // 10 * 10
            actions.save_quote(
                invitation,
                link=secret,
                lines=[
                    actions.OfferedLine(LineKind.DAYS, words.advice, terms.days, rate),
                    actions.OfferedLine(LineKind.TRAVEL, words.journeys, amount=_JOURNEYS * units),
                ],
                approach=approach,
                experience=words.experience,
                valid_until=today() + timedelta(days=120),
                currency=currency,
            )
            actions.send_quote(invitation, link=secret)


def secret_of(invitation: QuoteInvitation) -> str:
    """What the link of a provider says, before any worker has mailed it and forgotten."""
    return secret_from(invitation.links.get(replaced_at=None).seed, settings.SECRET_KEY)


def choose(
    told: VoucherStory,
    terms: TermsOfReference,
    *,
    at: datetime,
    given: Sequence[Decimal] = _MARKS,
    why: str = "",
) -> None:
    """Two people open; both sides mark; not the cheapest is chosen, with a reason, and confirmed.

    `given` are the marks in the order in which the providers were asked; the first is chosen.
    """
    judges = (told.officer, told.manager)
    with on(at):
        actions.call_opening(terms, by=told.officer)
        actions.open_quotes(terms, by=told.manager)
        for person in judges:
            actions.declare_interests(
                terms,
                [actions.Interest(one.pk, has_conflict=False) for one in terms.invitations.all()],
                by=person,
            )
        compared = compare(terms)
        order = list(terms.invitations.order_by("pk").values_list("pk", flat=True))
        marks = [
            actions.Mark(one.quote.pk, ground.pk, given[order.index(one.quote.invitation_id)])
            for one in compared.quotes
            for ground in compared.grounds
            if ground.kind != "price"
        ]
        for person in judges:
            actions.mark_quotes(terms, marks, by=person)
        best = next(one for one in compared.quotes if one.quote.invitation_id == order[0])
        reason = why or OFFERS[told.facts.language].why
        choice = actions.choose_quote(terms, best.quote, by=told.manager, reason=reason)
        actions.answer_choice(choice, is_confirmed=True, answer="", by=told.officer)


def conclude(told: VoucherStory, terms: TermsOfReference, *, at: datetime) -> None:
    """The contract with the chosen provider, as it was quoted."""
    choice = choice_of(terms)
    if choice is None:
        raise ValueError(f"No quote was chosen for {told.voucher}.")
    number = f"C-{told.voucher.reference}"
    with on(at):
        day = today(told.voucher.country.zone)
        conclude_contract(
            told.voucher,
            number=number,
            signed_on=day,
            starts_on=day,
            ends_on=told.voucher.valid_until,
            signed_for_provider=choice.quote.invitation.name,
            signed_for_client=str(told.manager),
            lines=[
                actions.OfferedLine(line.kind, line.text, line.days, line.rate, line.amount)
                for line in choice.quote.lines.all()
            ],
            upload=paper(f"{number}.pdf", number, terms.title),
            by=told.officer,
        )
