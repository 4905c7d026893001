"""Proposing, approving and accepting: four eyes, the ranking, the quota and the budget."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from conduct.actions import NotAllowed, OutOfOrder, Refused, TooLate
from demonstration.clock import noon, on
from demonstration.signing import signed
from documents.models import Document
from notices.models import Notice
from tests.making import LB, LB_SECOND, LB_THIRD, MA, awarded, closed_story, open_story
from tests.people import log_in
from vouchers.applications.models import Application
from vouchers.awards import actions
from vouchers.awards.actions import Choice
from vouchers.awards.models import Award, Outcome, SelectionRound, Voucher
from vouchers.calls.models import Call, CountryQuota
from vouchers.scoring.ranking.actions import close_scoring
from vouchers.scoring.rounds.models import ScoringRound

pytestmark = pytest.mark.django_db
THREE = [("4.5", "4", "4"), ("4", "4", "4"), ("2", "2", "2")]


@pytest.fixture
def decidable():
    """Three scored applications for one voucher in Lebanon: award, reserve, refusal."""
    return closed_story(LB, LB_SECOND, LB_THIRD, quotas={"LB": 1}, scores=THREE)


def propose(story, choices=None, by=None):
    if not ScoringRound.objects.filter(call=story.call, state="closed").exists():
        close_scoring(story.call, by=story.cast.coordinators[0])
    return actions.propose_selection(
        story.call,
        choices or {},
        participants="Maya\nKarim",
        by=by or story.cast.coordinators[0],
    )


def test_an_approved_selection_tells_everybody_once_and_writes_the_minutes(decidable):
    story, (first, second, third) = decidable
    actions.approve_selection(propose(story), by=story.cast.coordinators[1])
    states = [Application.objects.get(pk=one.pk).state for one in (first, second, third)]
    assert states == ["selected", "reserve", "refused"]
    award = Award.objects.get()
    assert (award.application, award.amount) == (first, Decimal("5000.00"))
    told = Notice.objects.filter(kind__in=["award-offered", "reserve-list", "application-refused"])
    assert sorted(told.values_list("kind", flat=True)) == [
        "application-refused",
        "award-offered",
        "reserve-list",
    ]
    letters = Document.objects.values_list("kind", "language")
    for kind in ("award", "reserve", "refusal", "minutes"):
        assert {(kind, language) for language in ("en", "fr", "ar")} <= set(letters)


def test_a_refusal_letter_names_no_assessor_and_no_other_applicant(decidable):
    story, (first, _second, third) = decidable
    actions.approve_selection(propose(story), by=story.cast.coordinators[1])
    decision = third.decisions.get()
    facts = str(
        Document.objects.get(kind="refusal", language="en", object_id=str(decision.pk)).facts
    )
    assert "Too general" in facts
    assert not any(str(assessor) in facts for assessor in story.cast.assessors)
    assert first.cluster.name not in facts


def test_who_proposes_cannot_approve(decidable):
    story, _applications = decidable
    proposal = propose(story)
    with pytest.raises(NotAllowed, match="second coordinator"):
        actions.approve_selection(proposal, by=story.cast.coordinators[0])
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        SelectionRound.objects.filter(pk=proposal.pk).update(decided_by=story.cast.coordinators[0])


def test_a_departure_from_the_ranking_needs_its_reason(decidable):
    story, (first, second, _third) = decidable
    swap = {
        first.pk: Choice(Outcome.RESERVE, ""),
        second.pk: Choice(Outcome.AWARD, ""),
    }
    with pytest.raises(Refused, match="Say why"):
        propose(story, swap)
    assert not SelectionRound.objects.exists()
    reasoned = {pk: Choice(choice.outcome, "It has closed.") for pk, choice in swap.items()}
    proposal = propose(story, reasoned)
    assert proposal.decisions.get(application=first).departure_reason == "It has closed."


def test_more_awards_than_vouchers_are_refused(decidable):
    story, (_first, second, _third) = decidable
    with pytest.raises(Refused, match="1 vouchers: you propose 2 awards"):
        propose(story, {second.pk: Choice(Outcome.AWARD, "Both are good.")})


def test_nothing_is_decided_before_the_deadline_or_with_work_left():
    story = open_story()
    with on(noon(-10)):
        story.apply(LB)
    problems = actions.problems_before_selection(story.call)
    assert problems == [
        "The deadline of the call has not passed yet.",
        "Applications whose eligibility is not checked: 1.",
    ]
    with pytest.raises(Refused, match="deadline"):
        propose(story)


def test_a_proposal_sent_back_can_be_made_again(decidable):
    story, _applications = decidable
    proposal = propose(story)
    with pytest.raises(Refused, match="proposed already"):
        propose(story)
    actions.return_selection(proposal, reason="Remarks are missing.", by=story.cast.coordinators[1])
    assert propose(story).pk != proposal.pk


def test_the_database_refuses_one_award_too_many(decidable):
    story, (_first, second, _third) = decidable
    proposal = propose(story)
    actions.approve_selection(proposal, by=story.cast.coordinators[1])
    decision = second.decisions.get()
    with pytest.raises(IntegrityError, match="within_the_quota"), transaction.atomic():
        Award.objects.create(
            application=second, decision=decision, amount=Decimal("1.00"), accept_by=noon(3)
        )


def test_the_database_refuses_one_award_beyond_the_budget(decidable):
    story, (_first, second, _third) = decidable
    proposal = propose(story)
    later = timezone.now() + timedelta(hours=1)
    actions.approve_selection(proposal, publish_at=later, by=story.cast.coordinators[1])
    # A quota that the budget does not bear: the actions never make one.
    CountryQuota.objects.update(vouchers=5)
    with on(later):
        actions.publish_selection(proposal, by=None)
    decision = second.decisions.get()
    with pytest.raises(IntegrityError, match="within_the_budget"), transaction.atomic():
        Award.objects.create(
            application=second, decision=decision, amount=Decimal("1.00"), accept_by=noon(3)
        )


def test_accepting_gives_the_voucher_its_value_and_validity():
    story, (award,) = awarded()
    manager = award.application.submitted_by
    signing = signed(award, manager)
    voucher = actions.accept_award(award, signing=signing, by=manager)
    call = story.call
    assert (voucher.amount, voucher.valid_from, voucher.valid_until) == (
        Decimal("5000.00"),
        call.assistance_starts,
        call.assistance_ends,
    )
    assert Document.objects.filter(kind="agreement").count() == 3
    with pytest.raises(OutOfOrder):
        actions.accept_award(award, signing=signing, by=manager)


def test_an_award_cannot_be_accepted_after_its_last_day():
    _story, (award,) = awarded()
    with on(noon(17)), pytest.raises(TooLate):
        actions.accept_award(
            award,
            signing=signed(award, award.application.submitted_by),
            by=award.application.submitted_by,
        )
    assert not Voucher.objects.exists()


def test_a_declined_award_frees_quota_and_budget():
    story, (award,) = awarded()
    quota = CountryQuota.objects.get(call=story.call, country="LB")
    assert (quota.awarded, Call.objects.get().committed) == (1, Decimal("5000.00"))
    actions.decline_award(award, reason="We merge.", by=award.application.submitted_by)
    quota.refresh_from_db()
    assert (quota.awarded, Call.objects.get().committed) == (0, Decimal("0.00"))


def test_a_second_round_with_other_terms_is_data_alone():
    """9,000 EUR, one voucher for Lebanon and four for Morocco: no line of code knows of it."""
    _story, awards = awarded(LB, MA, quotas={"LB": 1, "MA": 4}, amount="9000.00")
    assert [award.amount for award in awards] == [Decimal("9000.00")] * 2
    call = Call.objects.get()
    assert (call.budget, call.committed) == (Decimal("45000.00"), Decimal("18000.00"))
    assert sorted(award.application.reference for award in awards) == [
        f"SUV-{call.year}-LB-0001",
        f"SUV-{call.year}-MA-0001",
    ]


def test_the_pages_lead_from_the_ranking_to_the_approval(client, decidable):
    story, (first, second, third) = decidable
    one, other = story.cast.coordinators
    close_scoring(story.call, by=one)
    log_in(client, one)
    address = reverse("awards:propose", args=[story.call.slug])
    typed = {
        "participants": "Maya",
        "remarks": "",
        "form-TOTAL_FORMS": "0",
        "form-INITIAL_FORMS": "0",
    }
    for application, outcome in ((first, "reserve"), (second, "award"), (third, "refuse")):
        typed[f"outcome_{application.pk}"] = outcome
        typed[f"reason_{application.pk}"] = ""
    page = client.post(address, typed)
    assert page.status_code == 200
    assert page.content.decode().count("Say why the decision departs") == 2
    typed[f"outcome_{first.pk}"], typed[f"outcome_{second.pk}"] = "award", "reserve"
    page = client.post(address, typed, follow=True)
    proposal = SelectionRound.objects.get()
    assert page.redirect_chain[0][0] == proposal.get_absolute_url()
    approve = reverse("awards:approve", args=[proposal.pk])
    assert client.post(approve).status_code == 403
    log_in(client, other)
    assert (
        "Approve and send the letters" in client.get(proposal.get_absolute_url()).content.decode()
    )
    client.post(approve)
    assert SelectionRound.objects.get().state == "published"


def test_a_manager_is_led_to_the_agreement_and_an_outsider_finds_nothing(client):
    story, (award,) = awarded()
    log_in(client, story.cast.officer("MA"))
    assert client.get(award.get_absolute_url()).status_code == 404
    log_in(client, award.application.submitted_by)
    assert "Read and sign the agreement" in client.get(award.get_absolute_url()).content.decode()
    assert client.get(reverse("awards:accept", args=[award.pk])).status_code == 200
