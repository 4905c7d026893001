"""A voucher in the midst of quotes, made by the portal's own actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from unittest.mock import patch

from django.utils import timezone

from demonstration.clock import noon, on
from demonstration.content.accounts import bank_account
from demonstration.content.banks import BICS
from tests.making import pdf, today_there, voucher_story
from vouchers.providers.quotes import actions
from vouchers.providers.quotes.actions import AskedMilestone, Interest, OfferedLine, inviting
from vouchers.providers.quotes.models import QuoteInvitation, TermsOfReference
from vouchers.providers.quotes.models.quotes import LineKind

NAMES = ("Atlas Advisory", "Byblos Export Partners", "Cyprus Tree Studio")
MARKER = "sealed-marker-7319"
# Ten days at this rate are 4133.70.
MARKED_RATE = "413.37"


@dataclass
class Asked:
    """A request for quotes: its story, its terms, and what each link says by the provider's name."""

    told: object
    terms: TermsOfReference
    links: dict[str, str] = field(default_factory=dict)

    def invitation(self, name: str) -> QuoteInvitation:
        return QuoteInvitation.objects.get(terms=self.terms, provider__name=name)

    def fresh(self) -> TermsOfReference:
        self.terms = TermsOfReference.objects.get(pk=self.terms.pk)
        return self.terms


def provider(told, name, number):
    from tests.providers.registering import register

    country = told.voucher.award.application.country
    return register(
        told.cast,
        country.code,
        account=bank_account(country.code, number),
        bic=BICS[country.code],
        town="Beirut",
        name=name,
        email=f"{name.split()[0].lower()}@example.org",
    )


def begun(told=None, **more):
    """Terms that nobody was asked on yet."""
    told = told or voucher_story()
    told_of = {
        "title": "Export plan",
        "scope": "Prepare the cluster for two fairs.",
        "deliverables_text": "A market study and an export plan.",
        "days": Decimal(10),
        "ceiling": Decimal("5000.00"),
        "shows_ceiling": True,
        "language": "en",
        **more,
    }
    terms = actions.begin_terms(
        told.voucher,
        milestones=[AskedMilestone("Market study", Decimal(4))],
        by=told.manager,
        **told_of,
    )
    return Asked(told, terms)


def listed(told=None, names=NAMES, **more):
    """Terms with providers on the list."""
    asked = begun(told, **more)
    for number, name in enumerate(names, start=61):
        actions.invite_provider(
            asked.terms,
            provider(asked.told, name, number),
            name=f"Who answers for {name}",
            email=f"{name.split()[0].lower()}@example.org",
            by=asked.told.officer,
        )
    return asked


def sending_links(asked):
    """Remember what each link says, as the e-mail to the provider does."""
    send = inviting.send_link

    def remember(invitation, **who):
        secret = send(invitation, **who)
        asked.links[invitation.provider.name] = secret
        return secret

    return patch.object(inviting, "send_link", remember)


def asking(told=None, deadline=None, **more):
    """Three providers are asked."""
    asked = listed(told, **more)
    with sending_links(asked):
        actions.ask_for_quotes(
            asked.terms,
            deadline=deadline or timezone.now() + timedelta(days=7),
            by=asked.told.officer,
        )
    asked.fresh()
    return asked


def asked_long_ago(told=None, **more):
    """Three providers are asked; the deadline was yesterday."""
    told, deadline = told or voucher_story(), noon(-1)
    with on(noon(-8)):
        return asking(told, deadline=deadline, **more)


def offer(asked, name, rate="400.00", days="10", **more):
    """A quote of so many days at so much; saved."""
    return actions.save_quote(
        asked.invitation(name),
        link=asked.links[name],
        lines=more.pop("lines", None)
        or [OfferedLine(LineKind.DAYS, f"Advice {MARKER}", Decimal(days), Decimal(rate))],
        **{
            "approach": f"We talk to buyers first. {MARKER}",
            "experience": "Ten years of it.",
            "valid_until": today_there() + timedelta(days=90),
            **more,
        },
    )


def sent(asked, name, rate="400.00", **more):
    """The same, and sent."""
    offer(asked, name, rate, **more)
    return actions.send_quote(asked.invitation(name), link=asked.links[name])


def answered(rates=("400.00", "450.00", "480.00"), told=None):
    """Three quotes arrived before a deadline that was yesterday; nobody has opened them."""
    asked = asked_long_ago(told)
    with on(noon(-3)):
        for name, rate in zip(NAMES, rates, strict=False):
            sent(asked, name, rate)
    asked.fresh()
    return asked


def sealed(told):
    """Three providers are asked until next week, the first has answered, and fewer are asked for."""
    asked = asking(told)
    offer(asked, NAMES[0], MARKED_RATE)
    actions.add_quote_file(
        asked.invitation(NAMES[0]), link=asked.links[NAMES[0]], upload=pdf(f"{MARKER}.pdf")
    )
    actions.send_quote(asked.invitation(NAMES[0]), link=asked.links[NAMES[0]])
    actions.ask_for_derogation(asked.terms, least=2, reason="Only two do this.", by=told.manager)
    asked.fresh()
    return asked


def opened(rates=("400.00", "450.00", "480.00"), told=None):
    """Two people opened them."""
    asked = answered(rates, told)
    actions.call_opening(asked.terms, by=asked.told.officer)
    actions.open_quotes(asked.terms, by=asked.told.manager)
    asked.fresh()
    return asked


def declare(asked, *people, conflict=""):
    """Each declares on every provider: no tie, but for the one named."""
    for person in people:
        actions.declare_interests(
            asked.terms,
            [
                Interest(
                    one.pk,
                    one.provider.name == conflict,
                    "My brother works there." if conflict else "",
                )
                for one in asked.terms.invitations.select_related("provider")
            ],
            by=person,
        )


def marked(asked, best="Byblos Export Partners", by=None):
    """Every quote marked by one side, the best one highest."""
    from vouchers.providers.quotes.queries import compare

    comparison = compare(asked.terms)
    marks = [
        actions.Mark(
            one.quote.pk,
            ground.pk,
            Decimal(5) if one.quote.invitation.provider.name == best else Decimal(3),
        )
        for one in comparison.quotes
        for ground in comparison.grounds
        if ground.kind != "price"
    ]
    actions.mark_quotes(asked.terms, marks, by=by or asked.told.manager)


def judged(best="Byblos Export Partners", told=None):
    """Opened, declared on by both sides, and marked."""
    asked = opened(told=told)
    declare(asked, asked.told.manager, asked.told.officer)
    marked(asked, best)
    return asked


def quote_of(asked, name):
    from vouchers.providers.quotes.models import Quote

    return Quote.objects.get(invitation__provider__name=name, state="sent")
