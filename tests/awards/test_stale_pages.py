"""Selections, awards, places and reviews are judged as they are, not as a page showed them."""

import pytest
from i18nfield.strings import LazyI18nString

from conduct.actions import OutOfOrder, TooLate
from demonstration.clock import noon, on
from demonstration.signing import signed
from tests.awards.deciding import proposed, published
from tests.people import person
from vouchers.awards import actions
from vouchers.awards.actions import FeedbackInput, Judgement
from vouchers.awards.models import Appeal, Award, Decision, ReservePlace, SelectionRound

pytestmark = pytest.mark.django_db

REJECTED = Judgement(upheld=False, reasons="Every step was followed.")


def test_a_selection_that_was_approved_meanwhile_is_not_returned():
    story, proposal, _sent = proposed()
    seen = SelectionRound.objects.select_related("call").get(pk=proposal.pk)
    third = person(role="coordinator")
    with on(noon(-15)):
        actions.approve_selection(proposal, by=story.cast.coordinators[1], publish_at=noon(2))
        with pytest.raises(OutOfOrder, match="approved"):
            actions.return_selection(seen, reason="One is missing.", by=third)
    stands = SelectionRound.objects.get(pk=proposal.pk)
    assert (stands.state, stands.return_reason) == (SelectionRound.State.APPROVED, "")


def test_reasons_are_not_written_into_what_was_published_meanwhile():
    story, proposal, _sent = proposed()
    seen = Decision.objects.select_related("selection_round").filter(rank=3).get()
    with on(noon(-15)):
        actions.approve_selection(proposal, by=story.cast.coordinators[1])
    written = FeedbackInput(released=[], reasons=LazyI18nString({"en": "Too late."}))
    with pytest.raises(TooLate):
        actions.save_feedback(seen, written, by=story.cast.coordinators[0])


def test_an_award_that_was_accepted_meanwhile_is_not_declined():
    published(at=-1)
    seen = Award.objects.select_related("application__cluster").get()
    manager = seen.application.submitted_by
    actions.accept_award(
        Award.objects.get(), signing=signed(Award.objects.get(), manager), by=manager
    )
    with pytest.raises(OutOfOrder, match="accepted"):
        actions.decline_award(seen, reason="We merge.", by=manager)
    assert Award.objects.get().state == Award.State.ACCEPTED


def test_a_place_that_expired_meanwhile_is_not_offered():
    story, _proposal, _sent = published(at=-1)
    seen = ReservePlace.objects.select_related("decision__selection_round").get()
    ReservePlace.objects.update(state=ReservePlace.State.EXPIRED)
    with pytest.raises(OutOfOrder):
        actions.offer_from_reserve(seen, because="Next.", by=story.cast.coordinators[0])


def test_a_review_that_was_decided_meanwhile_is_decided_once_and_takes_no_message():
    _story, proposal, sent = published(at=-2)
    manager = sent[2].submitted_by
    decision = proposal.decisions.get(application=sent[2])
    actions.ask_for_review(decision, "The check came after the scores.", by=manager)
    seen = Appeal.objects.select_related("decision__selection_round").get()
    actions.decide_appeal(Appeal.objects.get(), REJECTED, by=person(role="coordinator"))
    upheld = Judgement(upheld=True, reasons="It did.", effect="reserve", correction="Put there.")
    with pytest.raises(OutOfOrder, match="rejected"):
        actions.decide_appeal(seen, upheld, by=person(role="coordinator"))
    with pytest.raises(OutOfOrder):
        actions.write_on_appeal(seen, "One word more.", by=manager)
    assert Appeal.objects.get().state == Appeal.State.REJECTED
