"""What was agreed: its scores, where it shows, and two people at the same instant."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.actions import grant_role
from accounts.models import User
from conduct.actions import NotAllowed, OutOfOrder, Refused, TooLate
from notices.models import Notice
from tests.making import LB, closed_story
from tests.payments.test_at_the_same_instant import together
from tests.people import log_in, person
from tests.scoring.consensus.differing import (
    HIGH,
    LOW,
    agreed_scores,
    another_assessor,
    assessors,
    differ,
    page_of,
    settled,
    totals,
)
from vouchers.scoring.assessing import actions as assessing_actions
from vouchers.scoring.assessing.models import Assessment, Consensus, Score
from vouchers.scoring.consensus import actions as consensus_actions
from vouchers.scoring.ranking.actions import close_scoring

pytestmark = pytest.mark.django_db


# What was agreed
def test_what_was_agreed_counts_alone_and_the_assessments_stay(story, differing):
    told, (application, _other) = story
    before = list(Score.objects.order_by("pk").values("value", "strengths", "weaknesses"))
    consensus = settled(told, differing, "3.5")
    assert consensus.state == "agreed"
    assert totals(told) == {application.pk: Decimal("70.0000")}
    assert list(Score.objects.order_by("pk").values("value", "strengths", "weaknesses")) == before
    told_to = Notice.objects.filter(kind="consensus-agreed").values_list("recipient", flat=True)
    assert set(told_to) == {assessors(told)[1].pk, told.cast.officer("LB").pk}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"value": Decimal("4.3")}, "from 1 to 5 in steps of 0.5"),
        ({"value": Decimal(6)}, "from 1 to 5"),
        ({"value": None}, "Please score"),
        ({"value": Decimal(2), "weaknesses": ""}, "below the threshold needs strengths and"),
        ({"strengths": " ", "weaknesses": ""}, "Please give the reason"),
    ],
)
def test_an_agreed_score_keeps_the_rules_of_an_assessment(story, differing, change, problem):
    told, _applications = story
    by = assessors(told)[0]
    consensus = consensus_actions.become_rapporteur(differing, by=by)
    scores = agreed_scores(told.call)
    first = told.call.criteria.first().pk
    with pytest.raises(Refused, match=problem):
        consensus_actions.agree(
            consensus, {**scores, first: replace(scores[first], **change)}, reason="So.", by=by
        )


def test_nothing_is_agreed_without_a_reason_or_by_anybody_else(story, differing):
    told, _applications = story
    first, second = assessors(told)
    consensus = consensus_actions.become_rapporteur(differing, by=first)
    with pytest.raises(Refused, match="Say what was agreed, and why"):
        consensus_actions.agree(consensus, agreed_scores(told.call), reason="  ", by=first)
    for somebody in (second, told.cast.officer("LB"), told.cast.coordinators[0]):
        with pytest.raises(NotAllowed, match="Only the rapporteur"):
            consensus_actions.agree(consensus, agreed_scores(told.call), reason="So.", by=somebody)


def test_a_score_that_is_missing_on_the_page_loses_nothing_that_was_typed(client, story, differing):
    told, (application, _other) = story
    by = assessors(told)[0]
    consensus_actions.become_rapporteur(differing, by=by)
    address = reverse("scoring:agree", args=[application.pk])
    first, *others = told.call.criteria.all()
    typed = {
        **{f"score_{criterion.pk}": "4" for criterion in others},
        **{f"strengths_{criterion.pk}": "Both saw this." for criterion in [first, *others]},
        f"score_{first.pk}": "4.3",
        "reason": "",
    }
    page = log_in(client, by).post(address, typed).content.decode()
    assert "A score goes from 1 to 5 in steps of 0.5." in page
    assert "Say what was agreed, and why." in page
    assert page.count("Both saw this.") == 3
    typed |= {f"score_{first.pk}": "4", "reason": "We read it together."}
    assert client.post(address, typed).url == page_of(differing)
    differing.refresh_from_db()
    assert differing.state == "agreed"


def test_an_agreed_consensus_is_taken_up_again_with_a_reason(story, differing):
    told, (application, _other) = story
    by = assessors(told)[0]
    consensus = settled(told, differing)
    with pytest.raises(OutOfOrder):
        consensus_actions.agree(consensus, agreed_scores(told.call, "3"), reason="No.", by=by)
    consensus = consensus_actions.correct_consensus(consensus, reason="A slip of the pen.", by=by)
    consensus_actions.agree(consensus, agreed_scores(told.call, "3"), reason="Now.", by=by)
    assert totals(told)[application.pk] == Decimal("60.0000")


def test_the_scoring_is_not_closed_while_a_consensus_is_asked_for(story, differing):
    told, (_application, other) = story
    told.score_fully(other, ("4", "4", "4"))
    coordinator = told.cast.coordinators[0]
    with pytest.raises(Refused, match=r"still have to agree: 1\."):
        close_scoring(told.call, by=coordinator)
    consensus = settled(told, differing)
    close_scoring(told.call, by=coordinator)
    by = assessors(told)[0]
    with pytest.raises(TooLate):
        consensus_actions.agree(consensus, agreed_scores(told.call), reason="Later.", by=by)
    with pytest.raises(TooLate):
        consensus_actions.correct_consensus(consensus, reason="Later.", by=by)
    with pytest.raises(TooLate):
        consensus_actions.write_message(consensus, "Later.", by=by)
    with pytest.raises(TooLate):
        consensus_actions.ask_third(consensus.application, another_assessor(), by=coordinator)


# Where it shows
def test_it_waits_on_the_home_page_of_all_whom_it_concerns(client, story, differing):
    told, _applications = story
    User.objects.update(language="en")
    for who in (*assessors(told), told.cast.officer("LB"), told.cast.coordinators[0]):
        page = log_in(client, who).get("/").content.decode()
        assert "Agree on scores that differ" in page
        assert page_of(differing) in page
    for who in (told.cast.officer("MA"), another_assessor()):
        assert "Agree on scores that differ" not in log_in(client, who).get("/").content.decode()


def test_the_ranking_and_the_list_say_where_assessors_still_have_to_agree(client, story, differing):
    told, (application, other) = story
    told.score_fully(other, ("4", "4", "4"))
    log_in(client, told.cast.coordinators[0])
    ranking = reverse("scoring:ranking", args=[told.call.slug])
    page = client.get(ranking)
    assert page.context["to_agree"] == {application.pk}
    assert page.content.decode().count("the assessors still have to agree") == 1
    assert "The scoring is still open, so this ranking can change." in page.content.decode()
    rows = {row: row.to_agree for row in client.get(reverse("scoring:list")).context["page"]}
    assert rows == {application: True, other: False}
    told.agree(application, ("4", "4", "4"))
    assert client.get(ranking).context["to_agree"] == set()
    rows = client.get(reverse("scoring:list")).context["page"]
    assert not any(row.to_agree for row in rows)


def test_the_list_costs_the_same_for_one_and_for_many(
    client, story, differing, django_assert_num_queries
):
    told, (_application, other) = story
    address = reverse("scoring:consensuses")
    log_in(client, told.cast.officer("LB"))
    client.get(address)
    with django_assert_num_queries(NUMBER_OF_QUERIES):
        assert client.get(address).content.decode().count("<tr>") == 2
    differ(told, [other])
    with django_assert_num_queries(NUMBER_OF_QUERIES):
        assert client.get(address).content.decode().count("<tr>") == 3


NUMBER_OF_QUERIES = 8


def test_history_tells_who_agreed_and_why(client, story, differing):
    told, _applications = story
    settled(told, differing)
    page = log_in(client, person(role="auditor")).get(page_of(differing)).content.decode()
    assert "Consensus recorded" in page
    assert "“<bdi>We read it together.</bdi>”" in page


def test_an_officer_who_scores_too_can_be_rapporteur(story):
    told, (application, _other) = story
    officer = told.cast.officer("LB")
    grant_role(officer, "assessor", by=None)
    told.score(told.assign(application, 1)[0], HIGH)
    told.score(assessing_actions.assign_assessor(application, officer, by=officer), LOW)
    consensus = Consensus.objects.get()
    assert consensus_actions.become_rapporteur(consensus, by=officer).rapporteur == officer


@pytest.mark.django_db(transaction=True)
def test_of_two_rapporteurs_at_once_the_second_reads_the_name_of_the_first():
    told, applications = closed_story(LB)
    consensus = differ(told, applications)
    first, second = assessors(told)
    results = together(
        lambda: consensus_actions.become_rapporteur(consensus, by=first),
        lambda: consensus_actions.become_rapporteur(consensus, by=second),
    )
    consensus.refresh_from_db()
    (refusal,) = [result for result in results if isinstance(result, str)]
    assert consensus.rapporteur in (first, second)
    assert refusal == f"{consensus.rapporteur} is the rapporteur already."


@pytest.mark.django_db(transaction=True)
def test_of_two_who_submit_at_once_the_second_sees_that_they_differ():
    told, (application,) = closed_story(LB)
    asked = told.assign(application, 2)
    for assignment, values in zip(asked, (HIGH, LOW), strict=True):
        told.score(assignment, values, submit=False)
    together(
        *(
            lambda one=one: assessing_actions.submit_assessment(one, by=one.assessor)
            for one in asked
        )
    )
    assert Assessment.objects.filter(state="submitted").count() == 2
    assert Consensus.objects.get().state == "asked"
