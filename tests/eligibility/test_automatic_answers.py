"""What the data say about each rule, and on which facts that rests."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from clusters.models import Cluster
from conduct.actions import OutOfOrder
from tests.eligibility.checking import rule_of, said_of
from tests.endings.making import ended
from tests.making import LB, LB_SECOND, applied_story, awarded, open_story, voucher_story
from vouchers.applications.models import Answer, Application, SignedDeclaration
from vouchers.awards.models import Voucher
from vouchers.books.actions import take_back_earlier_money, take_in_earlier_money
from vouchers.calls.models import Call, CountryQuota, EligibilityRule
from vouchers.eligibility.queries import facts_of, same_legal_entity
from vouchers.eligibility.queries.automatic_answers import automatic_answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(request):
    return applied_story() if "application" in request.fixturenames else open_story()


@pytest.fixture
def application(story):
    return story.call.applications.get()


def number(facts, text):
    Cluster.objects.filter(name=facts.name).update(registration_number=text)


def fresh(application):
    return Application.objects.get(pk=application.pk)


def test_what_a_person_decides_has_no_automatic_answer(application):
    assert said_of(application, "by_hand") is None


def test_the_country_is_looked_up_in_the_quotas(application):
    said = said_of(application, "country")
    assert said.result == "met"
    assert said.basis == ("The cluster is in Lebanon, where this call gives 2 vouchers.",)
    CountryQuota.objects.filter(call=application.call, country="LB").update(vouchers=0)
    said = said_of(application, "country")
    assert said.result == "not_met"
    assert said.basis == ("The cluster is in Lebanon, where this call gives no voucher.",)


@pytest.mark.parametrize(
    ("established", "result"),
    [(2019, "met"), (2020, "not_met"), (2021, "not_met"), (None, "not_known")],
)
def test_the_year_of_establishment_is_compared(application, established, result):
    Cluster.objects.filter(pk=application.cluster_id).update(established=established)
    rule = EligibilityRule(kind="established_before", year=2020)
    assert automatic_answer(rule, facts_of(fresh(application))).result == result


def test_one_application_of_each_legal_entity_however_the_number_is_written(story, application):
    other = story.apply(LB_SECOND)
    number(LB, "rc 12/34-A")
    number(LB_SECOND, "RC1234a")
    said = said_of(fresh(application), "one_application")
    assert said.result == "not_met"
    assert said.basis == (f"{other.reference} is from the same legal entity.",)


def test_a_withdrawn_application_and_a_draft_do_not_count(story, application):
    other = story.apply(LB_SECOND, send=False)
    number(LB, "1234")
    number(LB_SECOND, "12-34")
    assert said_of(fresh(application), "one_application").result == "met"
    Application.objects.filter(pk=other.pk).update(state="withdrawn")
    assert said_of(fresh(application), "one_application").result == "met"


def test_clusters_without_a_number_are_no_legal_entity_together(story, application):
    story.apply(LB_SECOND)
    number(LB, "")
    number(LB_SECOND, "")
    cluster = Cluster.objects.get(pk=application.cluster_id)
    assert list(same_legal_entity(cluster)) == [cluster]
    basis = said_of(fresh(application), "one_application").basis
    assert "The profile has no registration number: only this cluster was looked at." in basis


def test_an_open_voucher_counts_until_it_is_closed():
    told = voucher_story()
    application = told.voucher.award.application
    said = said_of(application, "no_open_voucher")
    assert said.result == "not_met"
    assert said.basis == (f"The voucher {application.reference} is open.",)
    Voucher.objects.update(state="closed")
    assert said_of(application, "no_open_voucher").result == "met"


def test_the_ceiling_counts_every_voucher_of_the_legal_entity_and_this_one():
    told = voucher_story()
    application = told.voucher.award.application
    rule = rule_of(application, "ceiling")
    said = automatic_answer(rule, facts_of(application))
    assert said.result == "met"
    assert "10,000.00" in said.basis[1]
    Call.objects.update(third_party_ceiling=Decimal("10000.00"))
    assert automatic_answer(rule, facts_of(fresh(application))).result == "met"
    Call.objects.update(third_party_ceiling=Decimal("9999.99"))
    assert automatic_answer(rule, facts_of(fresh(application))).result == "not_met"


def test_money_of_earlier_rounds_counts_as_history_until_it_is_taken_back():
    told = voucher_story()
    application = told.voucher.award.application
    money = take_in_earlier_money(
        application.cluster,
        programme="Round 1 (2022)",
        received_on=date(2022, 5, 1),
        amount=Decimal("52000.00"),
        reason="Letter of the lead partner",
        by=told.cast.finance[0],
    )
    rule = rule_of(application, "ceiling")
    said = automatic_answer(rule, facts_of(fresh(application)))
    assert said.result == "not_met"
    assert "Round 1 (2022)" in said.basis[0]
    assert "history, of an earlier round" in said.basis[0]
    take_back_earlier_money(money, reason="Another cluster", by=told.cast.finance[0])
    assert automatic_answer(rule, facts_of(fresh(application))).result == "met"
    with pytest.raises(OutOfOrder, match="taken back already"):
        take_back_earlier_money(money, reason="Once more", by=told.cast.finance[0])


def test_an_award_that_waits_counts_for_the_ceiling_and_a_terminated_voucher_what_was_paid():
    story, awards = awarded(LB)
    application = awards[0].application
    assert facts_of(application).total == Decimal("5000.00")
    story.accept(application)
    ended(Voucher.objects.get())
    assert facts_of(application).total == Decimal("0.00")


def test_the_declaration_must_be_signed(story):
    application = story.apply(LB, send=False)
    assert said_of(application, "declaration").result == "not_met"
    SignedDeclaration.objects.create(
        application=application,
        call_version=1,
        language="en",
        clauses=["We are eligible."],
        signatory_name="Maya Haddad",
        signatory_function="President",
        sha256="0" * 64,
        signed_by=application.started_by,
        signed_at=timezone.now(),
    )
    said = said_of(application, "declaration")
    assert said.result == "met"
    assert said.basis[0].startswith("Maya Haddad (President) signed it on ")


def test_what_is_missing_is_named(story):
    application = story.apply(LB, send=False)
    rule = EligibilityRule(kind="complete")
    said = automatic_answer(rule, facts_of(application))
    assert said.result == "not_met"
    assert len(said.basis) == 10
    complete = automatic_answer(rule, facts_of(story.apply(LB_SECOND)))
    assert complete.result == "met"
    assert complete.basis == ("All 11 required questions are answered.",)
    assert Answer.objects.filter(application=application).count() == 1


def test_the_facts_cost_the_same_however_much_there_is(django_assert_max_num_queries):
    told = voucher_story()
    application = fresh(told.voucher.award.application)
    with django_assert_max_num_queries(14):
        facts_of(application)
