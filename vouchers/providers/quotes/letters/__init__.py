"""The documents of a request for quotes, and the facts they state."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conduct.queries.days import iso_day_of
from documents.actions import issue_in_every_language
from documents.kinds import DocumentKind, register
from inputs.rules.currencies import smallest_of
from vouchers.applications.letters import application_facts, on_letterhead
from vouchers.calls.models import GroundKind
from vouchers.providers.quotes.models import TermsOfReference
from vouchers.providers.quotes.permissions import may_read_minutes, may_read_terms
from vouchers.providers.quotes.queries.comparing import compare
from vouchers.providers.quotes.queries.terms import (
    choice_of,
    derogation_in_force,
    invitations_of,
    opening_of,
)

TERMS_DOCUMENT = register(
    DocumentKind(
        slug="terms-of-reference",
        title=_("Terms of reference"),
        template="letters/terms_of_reference.html",
        may_read=may_read_terms,
    )
)
MINUTES_OF_QUOTES = register(
    DocumentKind(
        slug="minutes-of-quotes",
        title=_("Minutes of the opening and the choice of quotes"),
        template="letters/minutes_of_quotes.html",
        may_read=may_read_minutes,
    )
)


def told_of(terms: TermsOfReference) -> dict[str, Any]:
    """What every message says of its terms; nothing of any quote."""
    return {
        **application_facts(terms.voucher.award.application),
        "title": terms.title,
        "deadline": terms.deadline.isoformat() if terms.deadline else "",
    }


def terms_facts(terms: TermsOfReference) -> dict[str, Any]:
    """What is asked for, until when, and on what grounds is chosen, as providers are told."""
    call = terms.voucher.award.application.call
    return {
        **told_of(terms),
        **on_letterhead(terms.voucher.award.application),
        "date": iso_day_of(terms.asked_at, terms.country.zone),
        "scope": terms.scope,
        "deliverables": terms.deliverables_text,
        "days": str(terms.days),
        "ceiling": str(terms.ceiling) if terms.shows_ceiling else "",
        "language": terms.language,
        "currencies": terms.currencies,
        "use": call.purchase_rules.get_use_display(),
        "milestones": [
            {
                "title": milestone.title,
                "days": str(milestone.days or ""),
                "due_on": milestone.due_on.isoformat() if milestone.due_on else "",
            }
            for milestone in terms.milestones.all()
        ],
        "grounds": [
            {
                "name": str(ground.name),
                "weight": str(ground.weight),
                "by_formula": ground.kind == GroundKind.PRICE,
            }
            for ground in terms.grounds.all()
        ],
    }


def issue_terms(terms: TermsOfReference, *, by: User) -> None:
    """Issue the terms as a PDF, which goes with the invitations."""
    issue_in_every_language(
        TERMS_DOCUMENT,
        terms,
        lambda: terms_facts(terms),
        by=by,
        reference=terms.voucher.reference,
    )


def minutes_facts(terms: TermsOfReference) -> dict[str, Any]:
    """Who was asked, what had arrived, who opened, how it compared, what was chosen and why."""
    opening, choice, derogation = opening_of(terms), choice_of(terms), derogation_in_force(terms)
    if opening is None or choice is None:
        raise ValueError("Minutes are written of an opening and a choice.")
    comparison = compare(terms)
    return {
        **told_of(terms),
        **on_letterhead(terms.voucher.award.application),
        "date": iso_day_of(choice.answered_at, terms.country.zone),
        "asked": [
            {
                "provider": invitation.provider.name,
                "resembles": invitation.resembles,
                "why_asked": invitation.why_asked,
                "withdrawn_for": invitation.withdraw_reason,
            }
            for invitation in invitations_of(terms)
        ],
        "derogation": derogation.reason if derogation else "",
        "opened_at": opening.opened_at.isoformat(),
        "opened_by": [str(opening.first_person), str(opening.second_person)],
        "received": opening.received or [],
        "grounds": [
            {"name": str(ground.name), "weight": str(ground.weight)}
            for ground in comparison.grounds
        ],
        "rates": [
            {
                "currency": rate.currency,
                "month": rate.month,
                "units_per_euro": str(rate.units_per_euro),
            }
            for rate in comparison.rates
        ],
        "quotes": [
            {
                "provider": one.quote.invitation.provider.name,
                "rank": one.place.rank,
                "total": str(one.place.price),
                "quoted": str(one.quote.total.quantize(smallest_of(one.quote.currency))),
                "currency": one.quote.currency,
                "days": str(one.days),
                "points": [str(one.place.points[ground.pk] or "") for ground in comparison.grounds],
                "sum": str(one.place.total),
                "chosen": one.quote.pk == choice.quote_id,
            }
            for one in comparison.quotes
        ],
        "not_compared": [
            {
                "provider": quote.invitation.provider.name,
                "quoted": str(quote.total.quantize(smallest_of(quote.currency))),
                "currency": quote.currency,
            }
            for quote in comparison.unplaced
        ],
        "reason": choice.reason,
        "chosen_by": str(choice.chosen_by),
        "confirmed_by": str(choice.answered_by),
    }


def issue_minutes(terms: TermsOfReference, *, by: User) -> None:
    """Issue the minutes in every language, for who may compare the quotes."""
    issue_in_every_language(
        MINUTES_OF_QUOTES,
        terms,
        lambda: minutes_facts(terms),
        by=by,
        reference=terms.voucher.reference,
    )
