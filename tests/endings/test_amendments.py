"""An agreement that both sides signed is amended by both: drawn up, signed, counter-signed, in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.clock import noon, on
from demonstration.signing import amendment_countersigned, amendment_signed
from documents.models import Document
from notices.models import Notice
from tests.endings.making import (
    WHY,
    agreed,
    ahead,
    asked,
    coordinators,
    drawn_up,
    ended,
    in_force,
    signed,
)
from tests.making import today_there, voucher_story
from tests.people import person
from vouchers.awards.models import Voucher
from vouchers.endings import actions as endings
from vouchers.endings.amendments import actions
from vouchers.endings.amendments.letters import amendment_to_read
from vouchers.endings.amendments.models import Amendment, AmendmentSignature
from vouchers.endings.amendments.queries import articles_now
from vouchers.endings.models import Extension
from vouchers.standing.queries.facts import facts_of
from vouchers.standing.rules import AwaitedParty, AwaitedTask, turns_of

pytestmark = pytest.mark.django_db
OTHER_WORDS = "The provider is independent of both, and speaks Arabic."


@pytest.fixture
def told():
    return voucher_story("plan approved")


def fresh(told) -> Voucher:
    return Voucher.objects.get(pk=told.voucher.pk)


def terms(**given) -> actions.AmendmentTerms:
    return actions.AmendmentTerms(
        **{"reason": WHY, "sign_by": ahead(14), "articles": {4: OTHER_WORDS}, **given}
    )


def test_the_end_moves_once_both_sides_have_signed_the_amendment(told):
    end, until = told.voucher.valid_until, told.voucher.valid_until + timedelta(days=30)
    extension = agreed(told.voucher)
    with pytest.raises(OutOfOrder, match="by an amendment"):
        endings.decide_extension(extension, by=coordinators()[0])
    amendment = drawn_up(told.voucher)
    assert (amendment.number, amendment.extension) == (1, extension)
    amendment = signed(amendment)
    assert (amendment.state, fresh(told).valid_until) == ("signed", end)
    amendment = in_force_from_signed(amendment)
    assert (amendment.state, fresh(told).valid_until) == ("in_force", until)
    granted = Extension.objects.get()
    assert (granted.state, granted.decided_by) == ("granted", coordinators()[1])
    assert not Document.objects.filter(kind="extension").exists()
    letters = Document.objects.filter(kind="amendment", validity="current")
    assert letters.count() == 3
    for letter in letters:
        assert letter.facts["until"] == until.isoformat()
        assert letter.facts["countersigned_name"] == str(coordinators()[1])
    told_of = Notice.objects.get(recipient=told.manager, kind="amendment-in-force")
    assert told_of.documents.count() == 1


def in_force_from_signed(amendment: Amendment) -> Amendment:
    second = coordinators()[1]
    signing = amendment_countersigned(amendment, second)
    actions.countersign_amendment(amendment, signing=signing, by=second)
    return Amendment.objects.get(pk=amendment.pk)


def test_articles_stand_with_what_stood_and_later_amendments_build_on_earlier_ones(told):
    language, before = articles_now(told.voucher)
    assert [one.number for one in before] == list(range(1, 16))
    first = in_force(drawn_up(told.voucher, article_4=OTHER_WORDS))
    (changed,) = first.articles.all()
    assert (changed.stood, changed.heading) == (before[3].text, before[3].heading)
    text = amendment_to_read(first, language).text
    assert OTHER_WORDS in text
    assert f'<div lang="{language}">' in text
    assert "For them that text holds" in amendment_to_read(first, "en").text
    assert before[3].text in text
    second = in_force(drawn_up(told.voucher, article_4="Two providers, both independent."))
    assert (second.number, second.articles.get().stood) == (2, OTHER_WORDS)
    assert articles_now(told.voucher)[1][3].text == "Two providers, both independent."


def test_the_letter_has_word_for_word_what_both_signed(told):
    amendment = in_force(drawn_up(told.voucher, article_4=OTHER_WORDS))
    first, second = AmendmentSignature.objects.all()
    assert (first.side, second.side) == ("cluster", "programme")
    assert first.sha256 == second.sha256
    letter = Document.objects.get(kind="amendment", language=first.language)
    assert letter.facts["articles_text"] == first.text
    assert letter.about == amendment


def test_whoever_drew_it_up_does_not_counter_sign(told):
    amendment = signed(drawn_up(told.voucher, article_4=OTHER_WORDS))
    drafter, second = coordinators()[:2]
    with pytest.raises(NotAllowed, match="Another coordinator counter-signs"):
        actions.send_amendment_countersigning_code(amendment, language="en", by=drafter)
    signing = amendment_countersigned(amendment, second)
    for somebody in (drafter, told.manager, told.officer, told.cast.finance[0]):
        with pytest.raises(NotAllowed):
            actions.countersign_amendment(amendment, signing=signing, by=somebody)


def test_nor_who_agreed_to_the_time_that_it_brings(told):
    extension = asked(told)
    agreeing = coordinators()[1]
    endings.decide_extension(extension, by=agreeing)
    person(role="coordinator")
    amendment = signed(drawn_up(told.voucher))
    with pytest.raises(NotAllowed):
        actions.send_amendment_countersigning_code(amendment, language="en", by=agreeing)


def test_only_a_manager_signs_and_only_what_the_page_showed(told):
    amendment = drawn_up(told.voucher, article_4=OTHER_WORDS)
    signing = amendment_signed(amendment, told.manager)
    with pytest.raises(NotAllowed):
        actions.sign_amendment(amendment, signing=signing, by=told.officer)
    with pytest.raises(Refused, match="The text changed"):
        actions.sign_amendment(amendment, signing=replace(signing, shown="0" * 64), by=told.manager)
    wrong = replace(signing, code="000000" if signing.code != "000000" else "111111")
    assert actions.sign_amendment(amendment, signing=wrong, by=told.manager) is None
    assert not AmendmentSignature.objects.exists()
    assert actions.sign_amendment(amendment, signing=signing, by=told.manager)
    with pytest.raises(OutOfOrder):
        actions.sign_amendment(amendment, signing=signing, by=told.manager)


def test_other_words_than_the_cluster_signed_are_not_counter_signed(told):
    amendment = signed(drawn_up(told.voucher, article_4=OTHER_WORDS))
    second = coordinators()[1]
    signing = replace(amendment_countersigned(amendment, second), shown="0" * 64)
    with pytest.raises(Refused, match="not the words"):
        actions.countersign_amendment(amendment, signing=signing, by=second)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"reason": "  "}, "Say why"),
        ({"articles": {}}, "Nothing changes"),
        ({"articles": {4: "   "}}, "Nothing changes"),
        ({"articles": {2: "Two years."}}, "not changed by other words"),
        ({"articles": {6: "In cash."}}, "not changed by other words"),
        ({"articles": {16: "More."}}, "not changed by other words"),
    ],
)
def test_what_cannot_be_amended_is_refused_with_a_sentence(told, given, sentence):
    with pytest.raises(Refused, match=sentence):
        actions.draw_up_amendment(told.voucher, terms(**given), by=coordinators()[0])
    assert not Amendment.objects.exists()


@pytest.mark.parametrize(("days", "sentence"), [(-1, "is past"), (91, "The last day that can")])
def test_so_is_a_day_to_sign_that_is_past_or_far_away(told, days, sentence):
    with pytest.raises(Refused, match=sentence) as refused:
        actions.draw_up_amendment(told.voucher, terms(sign_by=ahead(days)), by=coordinators()[0])
    assert refused.value.field == "sign_by"


def test_the_same_words_are_no_change(told):
    stands = articles_now(told.voucher)[1][3].text
    with pytest.raises(Refused, match="Write what stands"):
        actions.draw_up_amendment(told.voucher, terms(articles={4: stands}), by=coordinators()[0])


def test_one_is_open_at_a_time_and_only_coordinators_draw_up(told):
    for somebody in (told.officer, told.manager, told.cast.finance[0]):
        with pytest.raises(NotAllowed):
            actions.draw_up_amendment(told.voucher, terms(), by=somebody)
    drawn_up(told.voucher, article_4=OTHER_WORDS)
    with pytest.raises(Refused, match="open already"):
        drawn_up(told.voucher, article_5="Another.")


def test_an_agreement_that_waits_for_its_second_signature_is_not_amended():
    told = voucher_story(by_both=False)
    with pytest.raises(OutOfOrder, match="both sides have signed"):
        drawn_up(told.voucher, article_4=OTHER_WORDS)


def test_a_refusal_says_why_and_leaves_the_number_to_the_next(told):
    amendment = drawn_up(told.voucher, article_4=OTHER_WORDS)
    with pytest.raises(Refused, match="say why"):
        actions.refuse_amendment(amendment, reason=" ", by=told.manager)
    actions.refuse_amendment(amendment, reason="Our assembly says no.", by=told.manager)
    told_of = Notice.objects.filter(kind="amendment-refused", recipient=coordinators()[0])
    assert told_of.get().facts["reason"] == "Our assembly says no."
    assert drawn_up(told.voucher, article_4="Another.").number == 1


def test_a_coordinator_withdraws_what_is_not_in_force(told):
    amendment = signed(drawn_up(told.voucher, article_4=OTHER_WORDS))
    signing = amendment_countersigned(amendment, coordinators()[1])
    with pytest.raises(NotAllowed):
        actions.withdraw_amendment(amendment, reason="Wrong.", by=told.officer)
    actions.withdraw_amendment(amendment, reason="A wrong article.", by=coordinators()[0])
    with pytest.raises(OutOfOrder):
        actions.countersign_amendment(amendment, signing=signing, by=coordinators()[1])
    assert articles_now(told.voucher)[1][3].text != OTHER_WORDS


def test_one_that_nobody_signed_in_time_lapses_and_is_signed_no_more(told):
    amendment = drawn_up(told.voucher, article_4=OTHER_WORDS)
    signing = amendment_signed(amendment, told.manager)
    assert actions.lapse_amendments() == 0
    with on(noon(15)):
        with pytest.raises(OutOfOrder, match="is past"):
            actions.sign_amendment(amendment, signing=signing, by=told.manager)
        assert actions.lapse_amendments() == 1
        assert actions.lapse_amendments() == 0
    amendment.refresh_from_db()
    assert amendment.state == "lapsed"
    assert Notice.objects.filter(kind="amendment-lapsed", recipient=told.manager).count() == 1


def test_one_that_the_cluster_signed_waits_for_the_programme_without_a_day(told):
    signed(drawn_up(told.voucher, article_4=OTHER_WORDS))
    with on(noon(15)):
        assert actions.lapse_amendments() == 0


def test_it_lapses_with_its_voucher_and_with_the_time_that_it_was_to_bring(told):
    extension = agreed(told.voucher)
    amendment = drawn_up(told.voucher)
    endings.refuse_extension(extension, reason="No more time.", by=coordinators()[0])
    amendment.refresh_from_db()
    assert amendment.state == "lapsed"
    assert actions.lapse_amendments() == 0
    drawn_up(told.voucher, article_4=OTHER_WORDS)
    ended(told.voucher)
    assert actions.lapse_amendments() == 1


def test_time_that_the_call_allows_no_more_is_not_put_in_force(told):
    agreed(told.voucher)
    amendment = signed(drawn_up(told.voucher))
    call = told.voucher.award.application.call
    type(call).objects.filter(pk=call.pk).update(extensions_most=0)
    with pytest.raises(OutOfOrder, match="as often as"):
        in_force_from_signed(amendment)
    amendment.refresh_from_db()
    assert (amendment.state, Extension.objects.get().state) == ("signed", "agreed")


def test_the_database_moves_no_end_without_an_amendment(told):
    extension = agreed(told.voucher)
    Extension.objects.filter(pk=extension.pk).update(
        state="granted", decided_by=coordinators()[1], decided_at=extension.agreed_at
    )
    with pytest.raises(IntegrityError, match="by an amendment in force"), transaction.atomic():
        Voucher.objects.filter(pk=told.voucher.pk).update(valid_until=extension.until)


def test_whose_turn_it_is_follows_the_signatures(told):
    def turn():
        facts = facts_of([told.voucher.pk])[told.voucher.pk]
        return [one for one in turns_of(facts) if "amendment" in one.task]

    assert turn() == []
    amendment = drawn_up(told.voucher, article_4=OTHER_WORDS)
    (awaited,) = turn()
    assert (awaited.party, awaited.task, awaited.since) == (
        AwaitedParty.CLUSTER,
        AwaitedTask.SIGN_AMENDMENT,
        today_there(),
    )
    amendment = signed(amendment)
    (awaited,) = turn()
    assert (awaited.party, awaited.task) == (
        AwaitedParty.COORDINATOR,
        AwaitedTask.COMPLETE_AMENDMENT,
    )
    in_force_from_signed(amendment)
    assert turn() == []
