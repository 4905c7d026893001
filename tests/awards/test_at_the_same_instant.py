"""Two people, or two workers, press at the same instant: each thing happens once."""

import pytest

from conduct.queries.days import today
from demonstration.clock import noon, on
from demonstration.content.clusters import made_up
from demonstration.signing import countersigned, signed
from documents.models import Document
from notices.models import Notice
from tests.awards.answering.making import another_manager
from tests.awards.deciding import proposed, published, together
from tests.making import LB, LB_SECOND, LB_THIRD, awarded
from tests.people import person
from vouchers.awards import actions
from vouchers.awards.models import (
    AgreementSignature,
    Award,
    CounterSignature,
    ReservePlace,
    SelectionRound,
    Voucher,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("attempt", range(2))
def test_two_approvals_at_once_are_one(attempt):
    story, proposal, _sent = proposed()
    one, other = story.cast.coordinators[1], person(role="coordinator")
    results = together(
        lambda: actions.approve_selection(proposal, by=one),
        lambda: actions.approve_selection(proposal, by=other),
    )
    refusals = [result for result in results if isinstance(result, str)]
    assert len(refusals) == 1
    assert "This cannot be done now" in refusals[0]
    assert Award.objects.count() == 1
    assert Document.objects.filter(kind="minutes").count() == 3


@pytest.mark.parametrize("attempt", range(2))
def test_two_workers_publish_once(attempt):
    story, proposal, _sent = proposed()
    instant = noon(-14)
    with on(noon(-15)):
        actions.approve_selection(proposal, by=story.cast.coordinators[1], publish_at=instant)
    together(actions.publish_due_selections, actions.publish_due_selections)
    assert SelectionRound.objects.get().state == "published"
    kinds = ["award-offered", "reserve-list", "application-refused"]
    told = Notice.objects.filter(kind__in=kinds).values_list("kind", flat=True)
    assert sorted(told) == sorted(kinds)
    assert Document.objects.filter(kind__in=["award", "reserve", "refusal"]).count() == 9
    assert ReservePlace.objects.count() == 1


@pytest.mark.parametrize("attempt", range(2))
def test_two_awards_declined_at_once_go_to_two_different_clusters(attempt):
    scores = [("5", "4", "4"), ("4.5", "4", "4"), ("4", "4", "4"), ("3.5", "4", "4")]
    clusters = (LB, LB_SECOND, LB_THIRD, made_up("LB", 7))
    _story, _proposal, sent = published(scores, clusters=clusters, quotas={"LB": 2}, at=-1)
    first, second = Award.objects.order_by("pk")
    together(
        lambda: actions.decline_award(first, reason="No.", by=sent[0].submitted_by),
        lambda: actions.decline_award(second, reason="No.", by=sent[1].submitted_by),
    )
    together(actions.fill_vacancies, actions.fill_vacancies)
    offered = Award.objects.filter(state="offered")
    assert {award.application for award in offered} == {sent[2], sent[3]}
    assert {award.in_place_of for award in offered} == {first, second}


def test_one_award_declined_and_lapsed_at_once_is_offered_on_once():
    scores = [("5", "4", "4"), ("4.5", "4", "4"), ("4", "4", "4")]
    _story, _proposal, sent = published(scores, at=-10)
    award = Award.objects.get()
    with on(noon((award.accept_by - today()).days + 2)):
        together(
            actions.lapse_unanswered_awards,
            lambda: actions.decline_award(award, reason="No.", by=sent[0].submitted_by),
        )
        together(actions.fill_vacancies, actions.fill_vacancies)
    assert Award.objects.get(state="offered").application == sent[1]


@pytest.mark.parametrize("attempt", range(2))
def test_two_managers_sign_at_once_and_one_signature_and_voucher_come_of_it(attempt):
    _story, (award,) = awarded()
    first = award.application.submitted_by
    second = another_manager(award.application.cluster)
    ready = [(signed(award, one), one) for one in (first, second)]
    results = together(
        *(
            lambda signing=signing, by=by: actions.accept_award(award, signing=signing, by=by)
            for signing, by in ready
        )
    )
    refusals = [result for result in results if isinstance(result, str)]
    assert len(refusals) == 1
    assert "This cannot be done now" in refusals[0]
    voucher = Voucher.objects.get()
    assert AgreementSignature.objects.get().signed_by == voucher.award.answered_by
    assert Document.objects.filter(kind="agreement").count() == 3
    assert Notice.objects.filter(kind="award-accepted").count() == 1


@pytest.mark.parametrize("attempt", range(2))
def test_two_coordinators_counter_sign_at_once_and_one_signature_comes_of_it(attempt):
    story, (award,) = awarded()
    award = story.sign(award.application).award
    people = story.cast.coordinators[0], person(role="coordinator")
    ready = [(countersigned(award, one), one) for one in people]
    results = together(
        *(
            lambda signing=signing, by=by: actions.countersign(award, signing=signing, by=by)
            for signing, by in ready
        )
    )
    refusals = [result for result in results if isinstance(result, str)]
    assert len(refusals) == 1
    assert "Nothing is to be counter-signed here" in refusals[0]
    assert CounterSignature.objects.count() == 1
    current = Document.objects.filter(kind="agreement", validity="current")
    assert {one.facts["countersigned_by"] for one in current} == {
        str(CounterSignature.objects.get().signed_by)
    }
    assert Document.objects.filter(kind="agreement").count() == 6
