"""A third opinion: who is asked, what they see, and which scores count after it."""

from decimal import Decimal

import pytest

from conduct.actions import NotAllowed, Refused
from tests.people import log_in
from tests.scoring.consensus.differing import (
    another_assessor,
    page_of,
    settled,
    totals,
)
from vouchers.scoring.assessing.models import Consensus
from vouchers.scoring.consensus import actions as consensus_actions

pytestmark = pytest.mark.django_db


# A third opinion
def test_a_third_opinion_close_to_one_of_two_settles_it_and_the_closest_count(story, differing):
    told, (application, _other) = story
    third = consensus_actions.ask_third(application, another_assessor(), by=told.cast.officer("LB"))
    assert third.is_third
    told.score(third, ("4.5", "4.5", "4.5"))
    differing.refresh_from_db()
    assert differing.state == "by_third"
    # 86.5 and 90 count; 50.5 does not.
    assert totals(told)[application.pk] == Decimal("88.2500")


def test_a_third_opinion_in_the_middle_leaves_it_to_the_assessors(story, differing):
    told, (application, _other) = story
    third = consensus_actions.ask_third(application, another_assessor(), by=told.cast.officer("LB"))
    told.score(third, ("3.5", "3.5", "3.5"))
    differing.refresh_from_db()
    # 70 is nearer to 86.5 (16.5) than to 50.5 (19.5): 19 per cent, and both above the thresholds.
    assert differing.state == "by_third"
    assert totals(told)[application.pk] == Decimal("78.2500")


def test_one_third_opinion_is_asked_for_and_only_where_assessments_differ(story, differing):
    told, (application, other) = story
    officer = told.cast.officer("LB")
    consensus_actions.ask_third(application, another_assessor("Nadia"), by=officer)
    with pytest.raises(Refused, match="Nadia is already asked"):
        consensus_actions.ask_third(application, another_assessor(), by=officer)
    with pytest.raises(NotAllowed):
        consensus_actions.ask_third(application, another_assessor(), by=told.cast.officer("MA"))
    told.score_fully(other, ("4", "4", "4"))
    with pytest.raises(Consensus.DoesNotExist):
        consensus_actions.ask_third(other, another_assessor(), by=officer)


def test_while_a_third_opinion_is_under_way_nothing_is_agreed(story, differing):
    told, (application, _other) = story
    consensus_actions.ask_third(application, another_assessor("Nadia"), by=told.cast.officer("LB"))
    with pytest.raises(Refused, match="Nadia is asked for a third opinion"):
        settled(told, differing)


def test_the_third_assessor_sees_nothing_of_it_before_their_own_scores(client, story, differing):
    told, (application, _other) = story
    nadia = another_assessor("Nadia")
    third = consensus_actions.ask_third(application, nadia, by=told.cast.officer("LB"))
    log_in(client, nadia)
    assert client.get(page_of(differing)).status_code == 404
    with pytest.raises(NotAllowed):
        consensus_actions.write_message(differing, "Hello", by=nadia)
    told.score(third, ("3", "3", "3"))
    assert client.get(page_of(differing)).status_code == 200
