"""Who hears of a request for quotes: the two sides, and the providers that are asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from accounts.models import Role, User
from accounts.queries import people_holding
from clusters.queries import writers_for
from notices.actions import notify_each
from vouchers.applications.models import Recusal
from vouchers.applications.queries import officers_told_of
from vouchers.providers.quotes.letters import told_of
from vouchers.providers.quotes.models import QuoteInvitation, TermsOfReference
from vouchers.providers.quotes.queries.rates import awaited_rates, terms_compared_at

from .links import write_to


def tell_cluster(
    kind: str, terms: TermsOfReference, *, but: User | None = None, **more: Any
) -> None:
    """Tell everybody who writes for the voucher's cluster; never what a quote says."""
    cluster = terms.voucher.award.application.cluster
    notify_each(writers_for(cluster), kind, but=but, facts={**told_of(terms), **more}, about=terms)


def tell_officers(
    kind: str, terms: TermsOfReference, *, but: User | None = None, **more: Any
) -> None:
    """Tell the officers of the voucher's country; never what a quote says."""
    officers = officers_told_of(terms.voucher.award.application)
    notify_each(officers, kind, but=but, facts={**told_of(terms), **more}, about=terms)


def tell_who_takes_rates(
    terms: TermsOfReference, awaited: Sequence[str], *, but: User | None = None
) -> None:
    """Tell finance officers and coordinators for which rates a comparison waits; never what is quoted."""
    recused = Recusal.objects.filter(application=terms.voucher.award.application).values("person")
    people = [
        person
        for role in (Role.FINANCE, Role.COORDINATOR)
        for person in people_holding(role).exclude(pk__in=recused)
    ]
    facts = {**told_of(terms), **_awaited_facts(terms, awaited)}
    notify_each(people, "quotes-await-rate", but=but, facts=facts, about=terms)


def _awaited_facts(terms: TermsOfReference, awaited: Sequence[str]) -> dict[str, Any]:
    return {"currencies": " · ".join(awaited), "month": terms.rate_month}


def tell_of_replaced(
    compared: Collection[TermsOfReference], currency: str, *, but: User | None = None
) -> None:
    """Tell what became of comparisons whose rate of a currency was replaced.

    They wait for another one that counts, or prices in EUR have changed.
    """
    for terms in compared:
        awaited = awaited_rates(terms)
        if currency in awaited:
            tell_who_takes_rates(terms, awaited, but=but)
            facts = _awaited_facts(terms, awaited)
            tell_cluster("quotes-await-rate", terms, **facts)
            tell_officers("quotes-await-rate", terms, **facts)
        elif not awaited:
            tell_cluster("quotes-repriced", terms)
            tell_officers("quotes-repriced", terms)


def tell_compared_by(rate_pk: int, *, but: Collection[TermsOfReference] = ()) -> None:
    """Tell both sides of each request for quotes whose last awaited rate has just come to count.

    `but` are those that were compared all the same before it.
    """
    for terms in terms_compared_at(rate_pk):
        if terms not in but and not awaited_rates(terms):
            tell_cluster("quotes-comparable", terms)
            tell_officers("quotes-comparable", terms)


def tell_invited(
    kind: str,
    terms: TermsOfReference,
    *,
    only: QuoteInvitation | None = None,
    but: QuoteInvitation | None = None,
    reason: str = "",
) -> None:
    """Write to the providers that are asked, each alone, whether or not they have answered.

    Nobody reads from an e-mail, or from whom it goes to, who has answered and what.
    """
    asked = [only] if only else terms.invitations.filter(state=QuoteInvitation.State.INVITED)
    for invitation in asked:
        if but is None or invitation.pk != but.pk:
            write_to(invitation, kind, reason=reason)
