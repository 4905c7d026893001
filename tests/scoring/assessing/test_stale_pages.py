"""Assignments and consensuses are judged as they are, not as a page showed them."""

import threading
from decimal import Decimal

import pytest
from django.db import OperationalError, connection, transaction

from conduct.actions import NotAllowed, OutOfOrder
from tests.making import LB, LB_SECOND, closed_story
from vouchers.applications.actions import withdraw_application
from vouchers.applications.models import Application
from vouchers.scoring.assessing import actions as assessing_actions
from vouchers.scoring.assessing.actions import ScoreInput
from vouchers.scoring.assessing.models import Assessment, Assignment, Consensus
from vouchers.scoring.consensus import actions as consensus_actions
from vouchers.scoring.rounds.actions import require_round_open
from vouchers.scoring.rounds.models import ScoringRound

HIGH, LOW = ("4.5", "4", "4.5"), ("2", "2.5", "3")


def scores_of(call):
    return {
        criterion.pk: ScoreInput(Decimal(4), "What both saw.", "What both missed.")
        for criterion in call.criteria.all()
    }


@pytest.mark.django_db
def test_who_was_released_meanwhile_scores_no_more():
    told, (application, _other) = closed_story(LB, LB_SECOND)
    assignment = told.assign(application, 1)[0]
    assessor = assignment.assessor
    assessing_actions.declare_no_conflict(assignment, by=assessor)
    seen = Assignment.objects.select_related("application__call", "assessment").get()
    officer = told.cast.officer("LB")
    assessing_actions.release_assessor(Assignment.objects.get(), reason="Ill.", by=officer)
    for step in (
        lambda: assessing_actions.save_assessment(
            seen, scores_of(told.call), comment="", by=assessor
        ),
        lambda: assessing_actions.submit_assessment(seen, by=assessor),
        lambda: assessing_actions.correct_assessment(seen, reason="Again.", by=assessor),
    ):
        with pytest.raises(NotAllowed):
            step()
    assert not Assessment.objects.get().scores.exists()


@pytest.mark.django_db
def test_nobody_is_asked_to_score_what_was_withdrawn_meanwhile():
    told, (application, _other) = closed_story(LB, LB_SECOND)
    seen = Application.objects.select_related("call", "cluster").get(pk=application.pk)
    withdraw_application(application, reason="We merge.", by=application.submitted_by)
    with pytest.raises(OutOfOrder, match="withdrawn"):
        assessing_actions.assign_assessor(seen, told.cast.assessors[0], by=told.cast.officer("LB"))
    assert not Assignment.objects.exists()


@pytest.mark.django_db
def test_who_is_rapporteur_no_more_neither_records_nor_takes_up_a_consensus():
    told, (application, _other) = closed_story(LB, LB_SECOND)
    for assignment, values in zip(told.assign(application, 2), (HIGH, LOW), strict=True):
        told.score(assignment, values)
    one, other = told.cast.assessors[:2]
    consensus_actions.become_rapporteur(Consensus.objects.get(), by=one)
    seen = Consensus.objects.select_related("application").get()
    consensus_actions.release_rapporteur(Consensus.objects.get(), reason="Ill.", by=one)
    consensus_actions.become_rapporteur(Consensus.objects.get(), by=other)
    with pytest.raises(NotAllowed):
        consensus_actions.agree(seen, scores_of(told.call), reason="Agreed.", by=one)
    consensus_actions.agree(
        Consensus.objects.get(), scores_of(told.call), reason="Agreed.", by=other
    )
    # On the page that they still have open they are the rapporteur: on the row they are not.
    with pytest.raises(NotAllowed):
        consensus_actions.correct_consensus(seen, reason="I see it otherwise.", by=one)
    with pytest.raises(NotAllowed):
        consensus_actions.release_rapporteur(seen, reason="Ill again.", by=one)
    assert Consensus.objects.get().state == Consensus.State.AGREED


@pytest.mark.django_db(transaction=True)
def test_the_scoring_is_not_closed_while_scores_are_being_written():
    """Whoever writes holds the round with others; who closes it waits, and others need not."""
    told, (application, _other) = closed_story(LB, LB_SECOND)
    told.assign(application, 1)
    came_to = []

    def try_to_hold(how):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SELECT 1 FROM vouchers_scoringround FOR {how} NOWAIT")
            came_to.append("held")
        except OperationalError:
            came_to.append("waits")
        finally:
            connection.close()

    with transaction.atomic():
        require_round_open(told.call)
        for how in ("NO KEY UPDATE", "SHARE"):
            thread = threading.Thread(target=try_to_hold, args=[how])
            thread.start()
            thread.join()
    assert came_to == ["waits", "held"]
    assert ScoringRound.objects.get().state == ScoringRound.State.OPEN
