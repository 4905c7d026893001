"""The rapporteur and the discussion of a consensus: who leads, who writes, who reads."""

import pytest
from django.urls import reverse

from conduct.actions import NotAllowed, Refused
from notices.models import Notice
from tests.people import log_in, person
from tests.scoring.consensus.differing import (
    another_assessor,
    assessors,
    page_of,
    settled,
)
from vouchers.applications.models import Recusal
from vouchers.scoring.assessing import actions as assessing_actions
from vouchers.scoring.consensus import actions as consensus_actions
from vouchers.scoring.consensus.models import ConsensusMessage

pytestmark = pytest.mark.django_db


# The rapporteur
def test_only_somebody_who_submitted_can_be_rapporteur(story, differing):
    told, _applications = story
    officer = told.cast.officer("LB")
    with pytest.raises(NotAllowed):
        consensus_actions.become_rapporteur(differing, by=another_assessor())
    with pytest.raises(Refused, match="one of the assessors who submitted"):
        consensus_actions.become_rapporteur(differing, person=told.cast.officer("MA"), by=officer)
    chosen = assessors(told)[1]
    assert (
        consensus_actions.become_rapporteur(differing, person=chosen, by=officer).rapporteur
        == chosen
    )


def test_a_rapporteur_who_steps_back_makes_room(story, differing):
    told, _applications = story
    first, second = assessors(told)
    consensus = consensus_actions.become_rapporteur(differing, by=first)
    with pytest.raises(Refused, match="Say why"):
        consensus_actions.release_rapporteur(consensus, reason=" ", by=first)
    with pytest.raises(NotAllowed):
        consensus_actions.release_rapporteur(consensus, reason="I would rather.", by=second)
    consensus = consensus_actions.release_rapporteur(consensus, reason="I am travelling.", by=first)
    assert consensus_actions.become_rapporteur(consensus, by=second).rapporteur == second


# The discussion
def test_who_submitted_and_who_looks_after_it_discuss(client, story, differing):
    told, _applications = story
    first, second = assessors(told)
    Notice.objects.all().delete()
    answer = log_in(client, first).post(page_of(differing), {"text": "Did you see the annex?"})
    assert answer.status_code == 302
    # Pressed twice, it is written once.
    client.post(page_of(differing), {"text": "Did you see the annex?"})
    assert ConsensusMessage.objects.get().author == first
    consensus_actions.write_message(
        differing, "Please agree by Friday.", by=told.cast.coordinators[0]
    )
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
    consensus_actions.become_rapporteur(differing, by=first)
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
        consensus_actions.write_message(differing, "Why?", by=auditor)


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
        lambda: consensus_actions.write_message(differing, "Hello", by=officer),
        lambda: consensus_actions.become_rapporteur(
            differing, person=assessors(told)[0], by=officer
        ),
        lambda: consensus_actions.ask_third(application, another_assessor(), by=officer),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_an_assessor_whose_scores_are_taken_up_again_sees_it_no_more(client, story, differing):
    told, (application, _other) = story
    first, _second = assessors(told)
    log_in(client, first)
    assert client.get(page_of(differing)).status_code == 200
    assessing_actions.correct_assessment(
        application.assignments.get(assessor=first), reason="I misread.", by=first
    )
    assert client.get(page_of(differing)).status_code == 404
