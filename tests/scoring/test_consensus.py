"""Assessments that differ too much: asked for, discussed, settled, and what that changes."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.actions import grant_role
from accounts.models import User
from notices.models import Notice
from records.acting import NotAllowed, OutOfOrder, Refused, TooLate
from tests.making import LB, LB_SECOND, closed_story
from tests.payments.test_at_the_same_instant import together
from tests.people import log_in, person
from vouchers.applications.models import Recusal
from vouchers.scoring import actions
from vouchers.scoring.actions import ScoreInput
from vouchers.scoring.consensuses import causes_in_words, consensuses_visible_to
from vouchers.scoring.models import Assessment, Consensus, ConsensusMessage, Score
from vouchers.scoring.queries import ranked_by_country

pytestmark = pytest.mark.django_db

HIGH, LOW = ("4.5", "4", "4.5"), ("2", "2.5", "3")


@pytest.fixture
def story():
    return closed_story(LB, LB_SECOND)


@pytest.fixture
def differing(story):
    """Two assessors gave 86 and 50.5 points, and the consensus that it calls for."""
    return differ(*story)


def differ(told, applications):
    for assignment, values in zip(told.assign(applications[0], 2), (HIGH, LOW), strict=True):
        told.score(assignment, values)
    return Consensus.objects.get(application=applications[0])


def agreed_scores(call, value="4"):
    return {
        criterion.pk: ScoreInput(Decimal(value), "What both saw.", "What both missed.")
        for criterion in call.criteria.all()
    }


def assessors(told):
    return told.cast.assessors[:2]


def totals(told):
    return {
        application.pk: ranked.total
        for ranking in ranked_by_country(told.call)
        for ranked, application in ranking.places
    }


def another_assessor(name="Third"):
    return person(role="assessor", name=name)


def page_of(consensus):
    return reverse("scoring:consensus", args=[consensus.application_id])


# Asked for


def test_two_assessments_that_differ_too_much_ask_for_a_consensus(story, differing):
    told, (_application, _other) = story
    assert differing.state == "asked"
    assert causes_in_words(differing) == [
        "The totals lie between 50.5 and 86.5 points: they differ by more than 30 per cent of the "
        "higher one.",
        "Mission and track record: the scores lie between 2 and 4.5, below and at or above the "
        "threshold of 50 per cent of the highest score.",
        "The totals lie between 50.5 and 86.5 points, below and at or above the threshold of 60 "
        "points.",
    ]
    told_to = Notice.objects.filter(kind="consensus-asked").values_list("recipient", flat=True)
    assert set(told_to) == {*(one.pk for one in assessors(told)), told.cast.officer("LB").pk}
    assert Notice.objects.filter(kind="consensus-asked").first().url == page_of(differing)


def test_assessments_that_are_close_ask_for_nothing(story):
    told, (application, other) = story
    told.score_fully(application, ("4", "4", "4"))
    assert not Consensus.objects.exists()
    told.score(told.assign(other, 1)[0], LOW)
    assert not Consensus.objects.exists()


def test_corrected_scores_that_no_longer_differ_let_the_consensus_lapse(story, differing):
    told, (application, _other) = story
    second = application.assignments.get(assessor=assessors(told)[1])
    correct(told, second, "4")
    differing.refresh_from_db()
    assert differing.state == "lapsed"
    assert differing.settled_at is not None
    correct(told, second, "2")
    differing.refresh_from_db()
    assert (differing.state, differing.settled_at) == ("asked", None)


def correct(told, assignment, value):
    by = assignment.assessor
    actions.correct_assessment(assignment, reason="I misread the plan.", by=by)
    actions.save_assessment(assignment, agreed_scores(told.call, value), comment="", by=by)
    actions.submit_assessment(assignment, by=by)


def test_an_agreed_consensus_is_asked_again_when_a_score_it_rested_on_is_corrected(
    story, differing
):
    told, (application, _other) = story
    first, _second = assessors(told)
    consensus = settled(told, differing)
    actions.correct_assessment(
        application.assignments.get(assessor=first), reason="I misread.", by=first
    )
    consensus.refresh_from_db()
    assert consensus.state == "asked"
    assert application.pk not in totals(told)


def settled(told, consensus, value="4"):
    by = assessors(told)[0]
    consensus = actions.become_rapporteur(consensus, by=by)
    return actions.agree(
        consensus, agreed_scores(told.call, value), reason="We read it together.", by=by
    )


def test_a_rapporteur_who_is_shut_out_by_a_conflict_is_rapporteur_no_longer(story, differing):
    told, (application, _other) = story
    first, _second = assessors(told)
    consensus = settled(told, differing)
    actions.declare_conflict(
        application.assignments.get(assessor=first), kind="family", conflict="My sister.", by=first
    )
    consensus.refresh_from_db()
    assert (consensus.state, consensus.rapporteur) == ("asked", None)
    assert consensus not in consensuses_visible_to(first)


# A third opinion


def test_a_third_opinion_close_to_one_of_two_settles_it_and_the_closest_count(story, differing):
    told, (application, _other) = story
    third = actions.ask_third(application, another_assessor(), by=told.cast.officer("LB"))
    assert third.is_third
    told.score(third, ("4.5", "4.5", "4.5"))
    differing.refresh_from_db()
    assert differing.state == "by_third"
    # 86.5 and 90 count; 50.5 does not.
    assert totals(told)[application.pk] == Decimal("88.2500")


def test_a_third_opinion_in_the_middle_leaves_it_to_the_assessors(story, differing):
    told, (application, _other) = story
    third = actions.ask_third(application, another_assessor(), by=told.cast.officer("LB"))
    told.score(third, ("3.5", "3.5", "3.5"))
    differing.refresh_from_db()
    # 70 is nearer to 86.5 (16.5) than to 50.5 (19.5): 19 per cent, and both above the thresholds.
    assert differing.state == "by_third"
    assert totals(told)[application.pk] == Decimal("78.2500")


def test_one_third_opinion_is_asked_for_and_only_where_assessments_differ(story, differing):
    told, (application, other) = story
    officer = told.cast.officer("LB")
    actions.ask_third(application, another_assessor("Nadia"), by=officer)
    with pytest.raises(Refused, match="Nadia is already asked"):
        actions.ask_third(application, another_assessor(), by=officer)
    with pytest.raises(NotAllowed):
        actions.ask_third(application, another_assessor(), by=told.cast.officer("MA"))
    told.score_fully(other, ("4", "4", "4"))
    with pytest.raises(Consensus.DoesNotExist):
        actions.ask_third(other, another_assessor(), by=officer)


def test_while_a_third_opinion_is_under_way_nothing_is_agreed(story, differing):
    told, (application, _other) = story
    actions.ask_third(application, another_assessor("Nadia"), by=told.cast.officer("LB"))
    with pytest.raises(Refused, match="Nadia is asked for a third opinion"):
        settled(told, differing)


def test_the_third_assessor_sees_nothing_of_it_before_their_own_scores(client, story, differing):
    told, (application, _other) = story
    nadia = another_assessor("Nadia")
    third = actions.ask_third(application, nadia, by=told.cast.officer("LB"))
    log_in(client, nadia)
    assert client.get(page_of(differing)).status_code == 404
    with pytest.raises(NotAllowed):
        actions.write_message(differing, "Hello", by=nadia)
    told.score(third, ("3", "3", "3"))
    assert client.get(page_of(differing)).status_code == 200


# The rapporteur


def test_only_somebody_who_submitted_can_be_rapporteur(story, differing):
    told, _applications = story
    officer = told.cast.officer("LB")
    with pytest.raises(NotAllowed):
        actions.become_rapporteur(differing, by=another_assessor())
    with pytest.raises(Refused, match="one of the assessors who submitted"):
        actions.become_rapporteur(differing, person=told.cast.officer("MA"), by=officer)
    chosen = assessors(told)[1]
    assert actions.become_rapporteur(differing, person=chosen, by=officer).rapporteur == chosen


def test_a_rapporteur_who_steps_back_makes_room(story, differing):
    told, _applications = story
    first, second = assessors(told)
    consensus = actions.become_rapporteur(differing, by=first)
    with pytest.raises(Refused, match="Say why"):
        actions.release_rapporteur(consensus, reason=" ", by=first)
    with pytest.raises(NotAllowed):
        actions.release_rapporteur(consensus, reason="I would rather.", by=second)
    consensus = actions.release_rapporteur(consensus, reason="I am travelling.", by=first)
    assert actions.become_rapporteur(consensus, by=second).rapporteur == second


# The discussion


def test_who_submitted_and_who_looks_after_it_discuss(client, story, differing):
    told, _applications = story
    first, second = assessors(told)
    Notice.objects.all().delete()
    answer = log_in(client, first).post(page_of(differing), {"text": "Did you see the annex?"})
    assert answer.status_code == 302
    actions.write_message(differing, "Please agree by Friday.", by=told.cast.coordinators[0])
    page = log_in(client, second).get(page_of(differing)).content.decode()
    assert "Did you see the annex?" in page
    assert "Please agree by Friday." in page
    told_to = Notice.objects.filter(kind="consensus-message", facts__author=str(first))
    assert {notice.recipient for notice in told_to} == {second, told.cast.officer("LB")}


def test_the_page_says_first_what_is_waited_for(client, story, differing):
    first, second = assessors(story[0])
    address = differing.get_absolute_url()

    def told(who):
        page = log_in(client, who).get(address).content.decode()
        _before, step = page.split('<section class="next-step', 1)
        return step.split("</section>", 1)[0]

    assert "One of the assessors becomes the rapporteur" in told(first)
    actions.become_rapporteur(differing, by=first)
    assert "then record what was agreed" in told(first)
    assert f"<bdi>{first}</bdi>" in told(second)
    officer = story[0].cast.officer("LB")
    assert "next-step" not in log_in(client, officer).get(address).content.decode()


def test_an_empty_message_and_one_after_the_end_are_refused_beside_the_box(
    client, story, differing
):
    told, _applications = story
    log_in(client, assessors(told)[0])
    assert (
        "Write a message first." in client.post(page_of(differing), {"text": " "}).content.decode()
    )
    settled(told, differing)
    page = client.post(page_of(differing), {"text": "One more thing"}).content.decode()
    assert "One more thing" in page
    assert "This cannot be done now" in page
    assert not ConsensusMessage.objects.exists()


def test_an_auditor_reads_and_does_not_write(client, differing):
    auditor = person(role="auditor")
    page = log_in(client, auditor).get(page_of(differing)).content.decode()
    assert "What differs" in page
    assert "<textarea" not in page
    with pytest.raises(NotAllowed):
        actions.write_message(differing, "Why?", by=auditor)


def test_whoever_is_recused_guesses_the_address_in_vain(client, story, differing):
    told, (application, _other) = story
    officer = told.cast.officer("LB")
    log_in(client, officer)
    assert client.get(page_of(differing)).status_code == 200
    Recusal.objects.create(application=application, person=officer, reason="A cousin.")
    for name in ("consensus", "agree", "consensus_again", "step_back"):
        assert client.get(reverse(f"scoring:{name}", args=[application.pk])).status_code == 404
    for name in ("consensus", "rapporteur", "third"):
        assert client.post(reverse(f"scoring:{name}", args=[application.pk])).status_code == 404
    for attempt in (
        lambda: actions.write_message(differing, "Hello", by=officer),
        lambda: actions.become_rapporteur(differing, person=assessors(told)[0], by=officer),
        lambda: actions.ask_third(application, another_assessor(), by=officer),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_an_assessor_whose_scores_are_taken_up_again_sees_it_no_more(client, story, differing):
    told, (application, _other) = story
    first, _second = assessors(told)
    log_in(client, first)
    assert client.get(page_of(differing)).status_code == 200
    actions.correct_assessment(
        application.assignments.get(assessor=first), reason="I misread.", by=first
    )
    assert client.get(page_of(differing)).status_code == 404


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
    consensus = actions.become_rapporteur(differing, by=by)
    scores = agreed_scores(told.call)
    first = told.call.criteria.first().pk
    with pytest.raises(Refused, match=problem):
        actions.agree(
            consensus, {**scores, first: replace(scores[first], **change)}, reason="So.", by=by
        )


def test_nothing_is_agreed_without_a_reason_or_by_anybody_else(story, differing):
    told, _applications = story
    first, second = assessors(told)
    consensus = actions.become_rapporteur(differing, by=first)
    with pytest.raises(Refused, match="Say what was agreed, and why"):
        actions.agree(consensus, agreed_scores(told.call), reason="  ", by=first)
    for somebody in (second, told.cast.officer("LB"), told.cast.coordinators[0]):
        with pytest.raises(NotAllowed, match="Only the rapporteur"):
            actions.agree(consensus, agreed_scores(told.call), reason="So.", by=somebody)


def test_a_score_that_is_missing_on_the_page_loses_nothing_that_was_typed(client, story, differing):
    told, (application, _other) = story
    by = assessors(told)[0]
    actions.become_rapporteur(differing, by=by)
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
        actions.agree(consensus, agreed_scores(told.call, "3"), reason="No.", by=by)
    consensus = actions.correct_consensus(consensus, reason="A slip of the pen.", by=by)
    actions.agree(consensus, agreed_scores(told.call, "3"), reason="Now.", by=by)
    assert totals(told)[application.pk] == Decimal("60.0000")


def test_the_scoring_is_not_closed_while_a_consensus_is_asked_for(story, differing):
    told, (_application, other) = story
    told.score_fully(other, ("4", "4", "4"))
    coordinator = told.cast.coordinators[0]
    with pytest.raises(Refused, match=r"still have to agree: 1\."):
        actions.close_scoring(told.call, by=coordinator)
    consensus = settled(told, differing)
    actions.close_scoring(told.call, by=coordinator)
    by = assessors(told)[0]
    with pytest.raises(TooLate):
        actions.agree(consensus, agreed_scores(told.call), reason="Later.", by=by)
    with pytest.raises(TooLate):
        actions.correct_consensus(consensus, reason="Later.", by=by)
    with pytest.raises(TooLate):
        actions.write_message(consensus, "Later.", by=by)
    with pytest.raises(TooLate):
        actions.ask_third(consensus.application, another_assessor(), by=coordinator)


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


NUMBER_OF_QUERIES = 7


def test_history_tells_who_agreed_and_why(client, story, differing):
    told, _applications = story
    settled(told, differing)
    page = log_in(client, person(role="auditor")).get(page_of(differing)).content.decode()
    assert "Consensus recorded" in page
    assert "“We read it together.”" in page


def test_an_officer_who_scores_too_can_be_rapporteur(story):
    told, (application, _other) = story
    officer = told.cast.officer("LB")
    grant_role(officer, "assessor", by=None)
    told.score(told.assign(application, 1)[0], HIGH)
    told.score(actions.assign_assessor(application, officer, by=officer), LOW)
    consensus = Consensus.objects.get()
    assert actions.become_rapporteur(consensus, by=officer).rapporteur == officer


@pytest.mark.django_db(transaction=True)
def test_of_two_rapporteurs_at_once_the_second_reads_the_name_of_the_first():
    told, applications = closed_story(LB)
    consensus = differ(told, applications)
    first, second = assessors(told)
    results = together(
        lambda: actions.become_rapporteur(consensus, by=first),
        lambda: actions.become_rapporteur(consensus, by=second),
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
    together(*(lambda one=one: actions.submit_assessment(one, by=one.assessor) for one in asked))
    assert Assessment.objects.filter(state="submitted").count() == 2
    assert Consensus.objects.get().state == "asked"
