"""Ties are declared before quotes are seen; one is chosen by the cluster and confirmed by the partner."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, InternalError, transaction

from accounts.models import Role, User
from conduct.actions import NotAllowed, OutOfOrder, Refused
from documents.models import Document
from notices.models import Notice
from tests.people import person
from tests.providers.quotes.asking import NAMES, declare, judged, marked, opened, quote_of
from vouchers.providers.quotes import actions
from vouchers.providers.quotes.models import (
    InterestDeclaration,
    QuoteChoice,
    QuoteMail,
    QuoteMark,
)
from vouchers.providers.quotes.queries import choice_of, compare, quotes_visible_to

pytestmark = pytest.mark.django_db

CHEAPEST, BEST = NAMES[0], NAMES[1]


def test_nobody_reads_or_marks_before_saying_what_ties_them():
    asked = opened()
    told = asked.told
    assert not quotes_visible_to(told.manager).exists()
    with pytest.raises(NotAllowed, match="Declare first"):
        marked(asked)
    one = actions.Interest(asked.invitation(CHEAPEST).pk, has_conflict=False)
    with pytest.raises(Refused, match="every provider"):
        actions.declare_interests(asked.terms, [one], by=told.manager)
    declare(asked, told.manager)
    assert quotes_visible_to(told.manager).count() == 3
    assert quotes_visible_to(told.officer).count() == 0


def test_who_is_tied_to_a_provider_neither_reads_nor_marks_nor_chooses():
    asked = opened()
    told = asked.told
    declare(asked, told.manager, conflict=CHEAPEST)
    assert not quotes_visible_to(told.manager).exists()
    with pytest.raises(NotAllowed, match="conflict of interest"):
        marked(asked)
    with pytest.raises(NotAllowed, match="conflict of interest"):
        actions.choose_quote(asked.terms, quote_of(asked, BEST), by=told.manager, reason="x")
    with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
        InterestDeclaration.objects.update(has_conflict=False, explanation="")


def test_the_database_lets_nobody_choose_or_confirm_who_has_a_conflict():
    asked = opened()
    told = asked.told
    declare(asked, told.manager, conflict=CHEAPEST)
    facts = {
        "terms": asked.terms,
        "quote": quote_of(asked, CHEAPEST),
        "amount": Decimal(4000),
        "rank": 1,
        "is_cheapest": True,
    }
    with pytest.raises(IntegrityError, match="no conflict"), transaction.atomic():
        QuoteChoice.objects.create(**facts, chosen_by=told.manager)
    with pytest.raises(IntegrityError, match="no conflict"), transaction.atomic():
        # Who has declared nothing either.
        QuoteChoice.objects.create(**facts, chosen_by=told.officer)
    with pytest.raises(IntegrityError, match="no conflict"), transaction.atomic():
        QuoteMark.objects.create(
            terms=asked.terms,
            quote=quote_of(asked, CHEAPEST),
            ground=asked.terms.grounds.last(),
            side="cluster",
            mark=5,
            marked_by=told.manager,
        )


def test_another_than_the_cheapest_or_the_best_is_chosen_for_a_reason():
    asked = judged(best=BEST)
    places = [(p.quote.invitation.provider.name, p.place.rank) for p in compare(asked.terms).quotes]
    assert places[0] == (BEST, 1)
    for name in (BEST, CHEAPEST, NAMES[2]):
        with pytest.raises(Refused, match="Say why"):
            actions.choose_quote(asked.terms, quote_of(asked, name), by=asked.told.manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuoteChoice.objects.create(
            terms=asked.terms,
            quote=quote_of(asked, BEST),
            amount=Decimal(4500),
            rank=1,
            is_cheapest=True,
            chosen_by=asked.told.manager,
        )
    choice = actions.choose_quote(
        asked.terms, quote_of(asked, BEST), by=asked.told.manager, reason="It knows the fairs."
    )
    assert (choice.amount, choice.rank, choice.is_cheapest) == (Decimal("4500.00"), 1, False)
    assert Notice.objects.filter(kind="quotes-chosen", recipient=asked.told.officer).exists()


def test_the_cheapest_that_is_the_best_needs_no_reason():
    asked = judged(best=CHEAPEST)
    choice = actions.choose_quote(asked.terms, quote_of(asked, CHEAPEST), by=asked.told.manager)
    assert choice.is_cheapest


def test_a_choice_waits_for_every_mark():
    asked = opened()
    declare(asked, asked.told.manager)
    with pytest.raises(Refused, match="Mark every quote"):
        actions.choose_quote(
            asked.terms, quote_of(asked, CHEAPEST), by=asked.told.manager, reason="x"
        )


def test_the_partner_confirms_and_everybody_is_told():
    asked = judged(best=BEST)
    told = asked.told
    choice = actions.choose_quote(
        asked.terms, quote_of(asked, BEST), by=told.manager, reason="It knows the fairs."
    )
    with pytest.raises(NotAllowed):
        actions.answer_choice(choice, is_confirmed=True, answer="", by=told.manager)
    with pytest.raises(Refused, match="Say why"):
        actions.answer_choice(choice, is_confirmed=False, answer="", by=told.officer)
    actions.answer_choice(choice, is_confirmed=True, answer="", by=told.officer)
    assert asked.fresh().state == "decided"
    mails = {
        mail.invitation.provider.name: mail.kind
        for mail in QuoteMail.objects.filter(kind__in=["chosen", "not-chosen"])
    }
    assert mails == {CHEAPEST: "not-chosen", BEST: "chosen", NAMES[2]: "not-chosen"}
    minutes = Document.objects.get(kind="minutes-of-quotes", language="fr")
    assert minutes.facts["reason"] == "It knows the fairs."
    assert [one["provider"] for one in minutes.facts["quotes"] if one["chosen"]] == [BEST]
    with pytest.raises(OutOfOrder):
        actions.answer_choice(choice, is_confirmed=True, answer="", by=told.officer)


def test_a_returned_choice_is_made_again():
    asked = judged(best=BEST)
    told = asked.told
    choice = actions.choose_quote(
        asked.terms, quote_of(asked, CHEAPEST), by=told.manager, reason="x"
    )
    actions.answer_choice(choice, is_confirmed=False, answer="Why the cheapest?", by=told.officer)
    assert asked.fresh().state == "opened"
    assert choice_of(asked.terms) is None
    again = actions.choose_quote(asked.terms, quote_of(asked, BEST), by=told.manager, reason="y")
    assert choice_of(asked.terms) == again


def test_an_officer_who_is_tied_does_not_confirm():
    asked = opened()
    told = asked.told
    declare(asked, told.manager)
    declare(asked, told.officer, conflict=BEST)
    marked(asked)
    choice = actions.choose_quote(asked.terms, quote_of(asked, BEST), by=told.manager, reason="x")
    with pytest.raises(NotAllowed, match="conflict"):
        actions.answer_choice(choice, is_confirmed=True, answer="", by=told.officer)
    with pytest.raises(IntegrityError, match="no conflict"), transaction.atomic():
        QuoteChoice.objects.update(
            is_confirmed=True, answered_by=told.officer, answered_at=choice.chosen_at
        )


def test_who_oversees_reads_what_was_opened_and_strangers_do_not():
    asked = opened()
    assert quotes_visible_to(asked.told.cast.coordinators[0]).count() == 3
    assert quotes_visible_to(person(role="auditor")).count() == 3
    for stranger in (
        person(role="officer", country="MA"),
        person(role="finance"),
        person(role=Role.ADMINISTRATOR),
        person(),
    ):
        assert isinstance(stranger, User)
        assert not quotes_visible_to(stranger).exists()


def test_both_sides_mark_and_the_mean_counts():
    asked = judged(best=BEST)
    marked(asked, best=CHEAPEST, by=asked.told.officer)
    comparison = compare(asked.terms)
    ground = next(one for one in comparison.grounds if one.kind != "price")
    points = {
        one.quote.invitation.provider.name: one.place.points[ground.pk] for one in comparison.quotes
    }
    assert points == {CHEAPEST: Decimal(24), BEST: Decimal(24), NAMES[2]: Decimal(18)}
    with pytest.raises(Refused, match="between 0 and 5"):
        actions.mark_quotes(
            asked.terms,
            [actions.Mark(quote_of(asked, BEST).pk, ground.pk, Decimal("5.5"))],
            by=asked.told.officer,
        )
