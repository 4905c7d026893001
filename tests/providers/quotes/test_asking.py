"""Who is asked, how many at least, and until when."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from conduct.actions import NotAllowed, OutOfOrder, Refused, TooLate
from demonstration.clock import noon, on
from tests.making import voucher_story
from tests.providers.quotes.asking import (
    NAMES,
    answered,
    asked_long_ago,
    asking,
    begun,
    listed,
    provider,
    sending_links,
    sent,
)
from vouchers.providers.quotes import actions
from vouchers.providers.quotes.models import QuoteLink, QuoteMail, TermsOfReference
from vouchers.providers.quotes.queries import least_of
from vouchers.providers.quotes.queries.sealing import by_link
from vouchers.providers.quotes.tasks import LINKS

pytestmark = pytest.mark.django_db


def ask(asked, **more):
    with sending_links(asked):
        return actions.ask_for_quotes(
            asked.terms,
            deadline=more.pop("deadline", timezone.now() + timedelta(days=7)),
            by=more.pop("by", asked.told.officer),
        )


def test_the_grounds_are_the_calls_or_forty_thirty_thirty():
    asked = begun()
    told = [(str(one.name), one.kind, one.weight) for one in asked.terms.grounds.all()]
    assert told == [
        ("Price", "price", 40),
        ("Experience", "marked", 30),
        ("Approach", "marked", 30),
    ]
    assert asked.terms.least_quotes == 3


def test_fewer_than_three_are_not_asked_without_an_approved_derogation():
    asked = listed(names=NAMES[:2])
    with pytest.raises(Refused, match="At least 3 providers"):
        ask(asked)
    with pytest.raises(Refused, match="Say why"):
        actions.ask_for_derogation(asked.terms, least=2, reason=" ", by=asked.told.manager)
    derogation = actions.ask_for_derogation(
        asked.terms, least=2, reason="Only two do this.", by=asked.told.manager
    )
    with pytest.raises(Refused, match="At least 3"):
        ask(asked)
    with pytest.raises(NotAllowed):
        actions.answer_derogation(derogation, is_approved=True, answer="", by=asked.told.manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(derogation).objects.update(
            is_approved=True, answered_by=asked.told.manager, answered_at=timezone.now()
        )
    actions.answer_derogation(derogation, is_approved=True, answer="", by=asked.told.officer)
    assert least_of(asked.terms) == 2
    assert ask(asked).state == "asking"


def test_an_officer_who_asks_for_a_derogation_does_not_approve_it():
    asked = listed(names=NAMES[:2])
    derogation = actions.ask_for_derogation(
        asked.terms, least=2, reason="Only two.", by=asked.told.officer
    )
    with pytest.raises(NotAllowed, match="did not ask"):
        actions.answer_derogation(derogation, is_approved=True, answer="", by=asked.told.officer)


def test_each_provider_gets_its_own_link_by_mail_once():
    asked = asking()
    for _attempt in range(2):
        for one in QuoteLink.objects.all():
            LINKS.conduct(one.pk)
    assert len(mail.outbox) == 3
    letters = {letter.to[0]: letter.body for letter in mail.outbox}
    assert len(letters) == 3
    for name in NAMES:
        body = letters[f"{name.split()[0].lower()}@example.org"]
        assert asked.links[name] in body
        assert not any(asked.links[other] in body for other in NAMES if other != name)
    assert QuoteLink.objects.filter(mailed_at=None).count() == 0
    assert QuoteLink.objects.exclude(seed="").count() == 0


def test_a_provider_of_the_clusters_own_board_is_asked_for_a_reason_only():
    asked = begun()
    cluster = asked.told.voucher.award.application.cluster
    own = provider(asked.told, f"{cluster.legal_representative} SARL", 71)
    with pytest.raises(Refused, match="called like"):
        actions.invite_provider(
            asked.terms, own, name="Somebody", email="x@example.org", by=asked.told.manager
        )
    invitation = actions.invite_provider(
        asked.terms,
        own,
        name="Somebody",
        email="x@example.org",
        why_asked="Another person of the same name.",
        by=asked.told.manager,
    )
    assert invitation.resembles == cluster.legal_representative
    with pytest.raises(IntegrityError), transaction.atomic():
        type(invitation).objects.filter(pk=invitation.pk).update(why_asked="")


def test_a_provider_is_asked_once_and_in_its_own_country():
    asked = listed()
    with pytest.raises(Refused, match="asked already"):
        actions.invite_provider(
            asked.terms,
            asked.invitation(NAMES[0]).provider,
            name="x",
            email="x@example.org",
            by=asked.told.officer,
        )


def test_the_deadline_is_extended_for_everybody_and_told():
    asked = asking()
    later = asked.terms.deadline + timedelta(days=3)
    with pytest.raises(Refused, match="after the one"):
        actions.extend_deadline(
            asked.terms,
            deadline=asked.terms.deadline - timedelta(days=1),
            reason="x",
            by=asked.told.officer,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        TermsOfReference.objects.update(deadline=timezone.now())
    actions.extend_deadline(asked.terms, deadline=later, reason="A holiday.", by=asked.told.officer)
    assert QuoteMail.objects.filter(kind="extended", reason="A holiday.").count() == 3


def test_after_the_deadline_it_is_extended_only_where_too_few_answered():
    asked = answered()
    with pytest.raises(TooLate, match="enough quotes"):
        actions.extend_deadline(
            asked.terms, deadline=noon(5), reason="One more.", by=asked.told.officer
        )


def test_with_too_few_the_deadline_is_extended_after_it_and_what_arrived_stays_sealed():
    few = asked_long_ago()
    with on(noon(-3)):
        sent(few, NAMES[0])
    few.fresh()
    actions.extend_deadline(few.terms, deadline=noon(5), reason="Two more.", by=few.told.officer)
    assert few.fresh().answers == 1
    sent(few, NAMES[1])
    assert few.fresh().answers == 2


def test_a_withdrawn_invitation_counts_no_more_and_its_link_ends():
    asked = asking()
    sent(asked, NAMES[0])
    assert asked.fresh().answers == 1
    with pytest.raises(Refused, match="Say why"):
        actions.withdraw_quote_invitation(
            asked.invitation(NAMES[0]), reason="", by=asked.told.officer
        )
    actions.withdraw_quote_invitation(
        asked.invitation(NAMES[0]), reason="It is insolvent.", by=asked.told.officer
    )
    assert asked.fresh().answers == 0
    with pytest.raises(OutOfOrder):
        actions.send_quote(asked.invitation(NAMES[0]), link=asked.links[NAMES[0]])
    with by_link(asked.links[NAMES[0]]):
        pass


def test_one_request_at_a_time_and_another_after_it_ended():
    asked = asking()
    with pytest.raises(Refused, match="asked for this voucher already"):
        begun(asked.told)
    actions.end_terms(asked.terms, reason="The plan changed.", by=asked.told.officer)
    assert begun(asked.told).terms.state == "draft"


def test_the_ceiling_is_at_most_the_voucher():
    told = voucher_story()
    with pytest.raises(Refused, match="ceiling cannot be higher"):
        begun(told, ceiling=Decimal("5000.01"))


def test_terms_stand_once_providers_read_them():
    asked = asking()
    with pytest.raises(IntegrityError), transaction.atomic():
        TermsOfReference.objects.update(scope="Something else.")
    with pytest.raises(IntegrityError), transaction.atomic():
        asked.terms.grounds.update(weight=10)
