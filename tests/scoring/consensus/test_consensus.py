"""When a consensus is asked for, and when it lapses or is asked again."""

import pytest

from notices.models import Notice
from tests.scoring.consensus.differing import (
    LOW,
    agreed_scores,
    assessors,
    page_of,
    settled,
    totals,
)
from vouchers.scoring.assessing import actions as assessing_actions
from vouchers.scoring.assessing.models import Consensus
from vouchers.scoring.assessing.queries.consensus import consensuses_visible_to
from vouchers.scoring.consensus.queries import causes_in_words

pytestmark = pytest.mark.django_db


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
    assessing_actions.correct_assessment(assignment, reason="I misread the plan.", by=by)
    assessing_actions.save_assessment(
        assignment, agreed_scores(told.call, value), comment="", by=by
    )
    assessing_actions.submit_assessment(assignment, by=by)


def test_an_agreed_consensus_is_asked_again_when_a_score_it_rested_on_is_corrected(
    story, differing
):
    told, (application, _other) = story
    first, _second = assessors(told)
    consensus = settled(told, differing)
    assessing_actions.correct_assessment(
        application.assignments.get(assessor=first), reason="I misread.", by=first
    )
    consensus.refresh_from_db()
    assert consensus.state == "asked"
    assert application.pk not in totals(told)


def test_a_rapporteur_who_is_shut_out_by_a_conflict_is_rapporteur_no_longer(story, differing):
    told, (application, _other) = story
    first, _second = assessors(told)
    consensus = settled(told, differing)
    assessing_actions.declare_conflict(
        application.assignments.get(assessor=first), kind="family", conflict="My sister.", by=first
    )
    consensus.refresh_from_db()
    assert (consensus.state, consensus.rapporteur) == ("asked", None)
    assert consensus not in consensuses_visible_to(first)
