"""Quotes: asked for, answered by links, opened by two, chosen without a conflict; the contract."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import rule

from conduct.queries.days import day_of
from demonstration.story.quotes import secret_of
from tests.assistance.machine.acting import Acting, names, one_of, people, said, which, words
from tests.making import pdf
from vouchers.assistance.queries import terms_from_plan
from vouchers.payments.actions import confirm_rate, correct_rate, enter_rate
from vouchers.payments.models import ExchangeRate
from vouchers.providers.contracts.actions import conclude_contract
from vouchers.providers.models import Provider
from vouchers.providers.quotes import actions
from vouchers.providers.quotes.models import TermsOfReference
from vouchers.providers.quotes.models.quotes import LineKind
from vouchers.providers.quotes.queries import compare

# The dirham is no money of Lebanon, the dinar none of the call.
currencies = st.sampled_from(["EUR", "EUR", "EUR", "USD", "MAD", "TND"])
rates = st.sampled_from(["400", "420", "350", "499.99", "900", "0", "-5"])


class Buying(Acting):
    """Moves of buyers and of those who offer."""

    def terms(self, name: str, place: int = 0) -> TermsOfReference | None:
        return one_of(TermsOfReference.objects.filter(voucher=self.voucher(name)), place)

    @rule(
        name=names, who=people, asked=st.sampled_from([2, 3, 3, 3]), days=st.sampled_from([-1, 2])
    )
    def ask_for_quotes(self, name, who, asked, days):
        """Begin the terms, put providers on the list, and ask them until a deadline."""
        by, voucher = self.person(who, name), self.voucher(name)
        terms = self.terms(name)
        if terms is None or terms.state == TermsOfReference.State.ENDED:
            told, steps = terms_from_plan(voucher)
            told = {"scope": "Work.", "deliverables_text": "A plan.", "days": Decimal(10), **told}
            milestones = [actions.AskedMilestone(**step) for step in steps]
            self.attempt(
                "begin terms",
                lambda: actions.begin_terms(
                    voucher, milestones=milestones, by=by, **told | {"title": "Plan"}
                ),
            )
            return
        country = self.world.told[name].country
        for provider in Provider.objects.filter(pk__in=self.world.providers[country][:asked]):
            if not terms.invitations.filter(provider=provider).exists():
                self.attempt(
                    "invite",
                    lambda provider=provider: actions.invite_provider(
                        terms, provider, name="Rania Haddad", email=provider.email, by=by
                    ),
                )
        self.attempt(
            "ask for quotes",
            lambda: actions.ask_for_quotes(terms, deadline=self.now + timedelta(days=days), by=by),
        )

    @rule(name=names, rate=rates, other=rates, currency=currencies)
    def offer(self, name, rate, other, currency):
        """Every provider that was asked saves a quote and sends it; or tries to, too late."""
        terms = self.terms(name)
        if terms is None or terms.state == TermsOfReference.State.DRAFT:
            return
        offered = zip(terms.invitations.order_by("pk"), (rate, other, "410"), strict=False)
        for place, (invitation, price) in enumerate(offered):
            money = currency if place else "EUR"
            if not invitation.links.filter(replaced_at=None).exists():
                continue
            link = secret_of(invitation)
            lines = [
                actions.OfferedLine(LineKind.DAYS, "Advice", Decimal(10), Decimal(price)),
            ]
            self.attempt(
                "save quote",
                lambda invitation=invitation, link=link, lines=lines, money=money: (
                    actions.save_quote(
                        invitation,
                        link=link,
                        lines=lines,
                        approach="We visit them.",
                        experience="Ten years.",
                        valid_until=(self.now + timedelta(days=90)).date(),
                        currency=money,
                    )
                ),
            )
            self.attempt(
                "send quote",
                lambda invitation=invitation, link=link: actions.send_quote(invitation, link=link),
            )

    @rule(
        name=names,
        currency=st.sampled_from(["USD", "MAD"]),
        units=st.sampled_from(["1.0837", "1.25", "10.725", "11"]),
        who=people,
        second=people,
    )
    def take_a_rate(self, name, currency, units, who, second):
        """The rate of the month of a deadline is entered, or corrected, and confirmed; or it is not."""
        terms = self.terms(name)
        if terms is None or not terms.rate_month:
            return
        entered_by, confirmed_by = self.world.person("finance", name), self.person(second, name)
        standing = ExchangeRate.objects.filter(
            currency=currency, month=terms.rate_month, replaced_at=None
        ).first()
        told = {"units_per_euro": Decimal(units), "by": entered_by, "confirmed": True}
        if standing is None:
            self.attempt(
                "enter a rate",
                lambda: enter_rate(currency=currency, month=terms.rate_month, **told),
            )
        elif self.person(who, name).pk % 2:
            self.attempt("correct a rate", lambda: correct_rate(standing, reason="A slip.", **told))
        for waiting in ExchangeRate.objects.filter(replaced_at=None, confirmed_at=None):
            for by in (confirmed_by, self.world.person("coordinator", name)):
                self.attempt(
                    "confirm a rate", lambda waiting=waiting, by=by: confirm_rate(waiting, by=by)
                )

    @rule(name=names, who=people, second=people, days=st.sampled_from([0, 3]))
    def open_quotes(self, name, who, second, days):
        """Two people press, sometimes the same one, sometimes before the deadline."""
        terms = self.terms(name)
        if terms is None:
            return
        self.now += timedelta(days=days)
        first, other = self.person(who, name), self.person(second, name)
        self.attempt("call opening", lambda: actions.call_opening(terms, by=first))
        self.attempt("open quotes", lambda: actions.open_quotes(terms, by=other))

    @rule(name=names, who=people, tied=st.sampled_from([None, None, None, 0, 1]))
    def declare(self, name, who, tied):
        terms, by = self.terms(name), self.person(who, name)
        if terms is None:
            return
        interests = [
            actions.Interest(one.pk, has_conflict=place == tied, explanation="My brother.")
            for place, one in enumerate(terms.invitations.order_by("pk"))
        ]
        self.attempt(
            "declare interests", lambda: actions.declare_interests(terms, interests, by=by)
        )

    @rule(name=names, who=people, mark=st.sampled_from(["3", "4.5", "5.5", "0.3", "-1"]))
    def mark(self, name, who, mark):
        terms, by = self.terms(name), self.person(who, name)
        if terms is None:
            return
        compared = compare(terms)
        marks = [
            actions.Mark(one.quote.pk, ground.pk, Decimal(mark))
            for one in compared.quotes
            for ground in compared.grounds
            if ground.kind != "price"
        ]
        self.attempt("mark quotes", lambda: actions.mark_quotes(terms, marks, by=by))

    @rule(name=names, who=people, second=people, place=which, reason=words, yes=st.booleans())
    def choose(self, name, who, second, place, reason, yes):
        """One chooses, another answers; sometimes the same one."""
        terms = self.terms(name)
        if terms is None:
            return
        by, other = self.person(who, name), self.person(second, name)
        quotes = compare(terms).quotes
        if place < len(quotes):
            quote = quotes[place].quote
            self.attempt(
                "choose quote",
                lambda: actions.choose_quote(terms, quote, by=by, reason=reason),
            )
        choice = one_of(terms.choices.all(), 0)
        if choice is not None:
            self.attempt(
                "answer choice",
                lambda: actions.answer_choice(choice, is_confirmed=yes, answer=reason, by=other),
            )

    @rule(name=names, who=people, rate=rates, begins=st.sampled_from([0, 0, -300, 5]))
    def conclude(self, name, who, rate, begins):
        by, voucher = self.person(who, name), self.voucher(name)
        day = day_of(self.now, voucher.country.zone)
        self.attempt(
            "conclude contract",
            lambda: conclude_contract(
                voucher,
                number="C-1",
                signed_on=day + timedelta(days=min(begins, 0)),
                starts_on=day + timedelta(days=begins),
                ends_on=voucher.valid_until,
                signed_for_provider="Rania",
                signed_for_client="Rami",
                lines=[actions.OfferedLine(LineKind.DAYS, "Advice", Decimal(8), Decimal(rate))],
                upload=pdf(),
                by=by,
            ),
        )

    @rule(name=names, who=people, reason=said, what=st.integers(0, 3))
    def change_the_request(self, name, who, reason, what):
        """More time for all, fewer quotes, or an end."""
        terms, by = self.terms(name), self.person(who, name)
        if terms is None:
            return
        derogation = one_of(terms.derogations.all(), 0)
        if what == 0:
            until = self.now + timedelta(days=3)
            self.attempt(
                "extend deadline",
                lambda: actions.extend_deadline(terms, deadline=until, reason=reason, by=by),
            )
        elif what == 1 and derogation is None:
            self.attempt(
                "ask for derogation",
                lambda: actions.ask_for_derogation(terms, least=1, reason=reason, by=by),
            )
        elif what == 1:
            self.attempt(
                "answer derogation",
                lambda: actions.answer_derogation(
                    derogation, is_approved=True, answer=reason, by=by
                ),
            )
        elif what == 2:
            self.attempt("end terms", lambda: actions.end_terms(terms, reason=reason, by=by))
