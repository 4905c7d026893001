"""Asking for a review of the procedure, and what comes of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse

from accounts.actions import grant_role
from conduct.actions import NotAllowed, OutOfOrder, Refused, TooLate
from demonstration.clock import noon, on
from documents.models import Document
from notices.models import Notice
from tests.awards.deciding import published
from tests.people import log_in, person
from vouchers.applications.models import Recusal
from vouchers.awards import actions
from vouchers.awards.actions import Judgement
from vouchers.awards.models import Appeal, AppealMessage, Award, ReservePlace
from vouchers.awards.queries.clocks import review_until

pytestmark = pytest.mark.django_db

UPHELD = {"upheld": True, "reasons": "A file was not read.", "correction": "It was read."}


def asked(which=2, **options):
    """A published selection about which the refused (or another) cluster asks for a review."""
    story, proposal, sent = published(**options)
    decision = proposal.decisions.get(application=sent[which])
    with on(noon(-14)):
        appeal = actions.ask_for_review(
            decision, "The check came after the scores.", by=sent[which].submitted_by
        )
    return story, appeal, sent


def third_coordinator():
    return person(role="coordinator", name="Third Coordinator")


def test_one_second_too_late_is_refused_with_the_instant_in_the_clusters_own_zone(client):
    _story, proposal, sent = published()
    decision = proposal.decisions.get(application=sent[2])
    until = review_until(decision)
    manager = log_in(client, sent[2].submitted_by)
    address = reverse("awards:ask_for_review", args=[sent[2].pk])
    with on(until + timedelta(seconds=1)):
        with pytest.raises(TooLate, match=r"until .* at 23:59 \(Beirut time\)\. That time is over"):
            actions.ask_for_review(decision, "Why?", by=sent[2].submitted_by)
        page = manager.post(address, {"grounds": "We were asleep."}).content.decode()
        assert "That time is over" in page
        assert "We were asleep." in page
    assert not Appeal.objects.exists()
    with on(until - timedelta(seconds=20)):
        actions.ask_for_review(decision, "Why?", by=sent[2].submitted_by)
    assert Appeal.objects.count() == 1


def test_a_manager_asks_on_the_page_and_coordinators_are_told(client):
    story, _proposal, sent = published(at=-1)
    refused = sent[2]
    log_in(client, refused.submitted_by)
    page = client.get(refused.get_absolute_url()).content.decode()
    assert "Ask for a review" in page
    address = reverse("awards:ask_for_review", args=[refused.pk])
    assert "This field is required" in client.post(address, {"grounds": ""}).content.decode()
    answer = client.post(address, {"grounds": "Rule 3 was not followed."}, follow=True)
    assert "Rule 3 was not followed." in answer.content.decode()
    appeal = Appeal.objects.get()
    assert client.get(address)["Location"] == appeal.get_absolute_url()
    told = Notice.objects.filter(kind="appeal-received")
    assert {notice.recipient for notice in told} == set(story.cast.coordinators)
    assert "under way" in client.get(refused.get_absolute_url()).content.decode()


def test_who_does_not_manage_the_cluster_cannot_ask_and_an_award_gives_no_cause(client):
    story, proposal, sent = published()
    decision = proposal.decisions.get(application=sent[2])
    with pytest.raises(NotAllowed):
        actions.ask_for_review(decision, "Why?", by=sent[1].submitted_by)
    award = proposal.decisions.get(application=sent[0])
    with pytest.raises(OutOfOrder):
        actions.ask_for_review(award, "Why?", by=sent[0].submitted_by)
    log_in(client, sent[1].submitted_by)
    address = reverse("awards:ask_for_review", args=[sent[2].pk])
    assert client.post(address, {"grounds": "Why?"}).status_code == 404
    with on(noon(-14)):
        appeal = actions.ask_for_review(decision, "Why?", by=sent[2].submitted_by)
    # The rival, the country partner and a coordinator in conflict find nothing.
    for stranger in (sent[1].submitted_by, story.cast.officer("LB")):
        log_in(client, stranger)
        assert client.get(appeal.get_absolute_url()).status_code == 404
    recused = story.cast.coordinators[1]
    Recusal.objects.create(application=sent[2], person=recused, reason="My sister.")
    log_in(client, recused)
    assert client.get(appeal.get_absolute_url()).status_code == 404


def test_asking_twice_is_one_request():
    _story, appeal, sent = asked()
    again = actions.ask_for_review(appeal.decision, "Again.", by=sent[2].submitted_by)
    assert again == appeal
    assert Notice.objects.filter(kind="appeal-received").count() == 2


def test_both_sides_write_and_nothing_written_changes(client):
    story, appeal, sent = asked()
    manager, coordinator = sent[2].submitted_by, story.cast.coordinators[1]
    key = uuid4()
    actions.write_on_appeal(appeal, "Which check?", by=coordinator, key=key)
    actions.write_on_appeal(appeal, "Which check?", by=coordinator, key=key)
    actions.write_on_appeal(appeal, "The second one.", by=manager)
    assert list(appeal.messages.values_list("side", "text")) == [
        ("coordination", "Which check?"),
        ("cluster", "The second one."),
    ]
    told = Notice.objects.filter(kind="appeal-message").values_list("recipient", flat=True)
    assert sorted(told) == sorted([manager.pk, *(one.pk for one in story.cast.coordinators)])
    log_in(client, manager)
    page = client.get(appeal.get_absolute_url()).content.decode()
    assert "Which check?" in page
    # The cluster reads the coordination team, and no name.
    assert coordinator.full_name not in page
    with pytest.raises(InternalError), transaction.atomic():
        AppealMessage.objects.update(text="Nothing.")
    log_in(client, person(role="auditor"))
    assert "The second one." in client.get(appeal.get_absolute_url()).content.decode()
    write = reverse("awards:write_on_appeal", args=[appeal.pk])
    assert client.post(write, {"text": "Hm.", "key": uuid4()}).status_code == 403


def test_who_decided_before_does_not_judge_while_another_can():
    story, appeal, _sent = asked()
    proposer, approver = story.cast.coordinators
    rejected = Judgement(upheld=False, reasons="All rules were followed.")
    third = third_coordinator()
    for person_ in (proposer, approver):
        with pytest.raises(NotAllowed, match="neither proposed nor approved"):
            actions.decide_appeal(appeal, rejected, by=person_)
    values = {"state": "rejected", "reasons": "No.", "decided_at": noon(0)}
    with pytest.raises(IntegrityError, match="did not decide before"), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(decided_by=approver, **values)
    actions.decide_appeal(appeal, rejected, by=third)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.decided_by) == ("rejected", third)


def test_where_nobody_else_is_who_approved_it_judges_and_never_who_proposed_it():
    story, appeal, sent = asked()
    proposer, approver = story.cast.coordinators
    # A third one who is shut out of the application does not count.
    Recusal.objects.create(application=sent[2], person=third_coordinator(), reason="My sister.")
    rejected = Judgement(upheld=False, reasons="All rules were followed.")
    with pytest.raises(NotAllowed):
        actions.decide_appeal(appeal, rejected, by=proposer)
    values = {"state": "rejected", "reasons": "No.", "decided_at": noon(0)}
    with pytest.raises(IntegrityError, match="did not decide before"), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(decided_by=proposer, **values)
    actions.decide_appeal(appeal, rejected, by=approver)
    sent[2].refresh_from_db()
    assert sent[2].state == "refused"


def test_an_outcome_comes_as_a_letter_in_three_languages_and_ends_the_thread():
    _story, appeal, sent = asked()
    actions.decide_appeal(
        appeal, Judgement(upheld=False, reasons="All was in order."), by=third_coordinator()
    )
    letters = Document.objects.filter(kind="review")
    assert sorted(letters.values_list("language", flat=True)) == ["ar", "en", "fr"]
    assert letters.get(language="en").facts["reasons"] == "All was in order."
    told = Notice.objects.get(kind="appeal-decided")
    assert told.recipient == sent[2].submitted_by
    assert told.documents.count() == 1
    with pytest.raises(OutOfOrder, match="is decided"):
        actions.write_on_appeal(appeal, "But…", by=sent[2].submitted_by)


def test_upheld_an_application_goes_to_the_end_of_the_reserve_list():
    _story, appeal, sent = asked()
    actions.decide_appeal(appeal, Judgement(**UPHELD, effect="reserve"), by=third_coordinator())
    sent[2].refresh_from_db()
    assert sent[2].state == "reserve"
    assert ReservePlace.objects.get(decision=appeal.decision).position == 2


def test_upheld_it_is_offered_a_voucher_only_where_one_is_free():
    _story, appeal, sent = asked()
    third = third_coordinator()
    offer = Judgement(**UPHELD, effect="award")
    with pytest.raises(Refused, match="Every voucher of this country is awarded"):
        actions.decide_appeal(appeal, offer, by=third)
    appeal.refresh_from_db()
    assert appeal.is_open
    place = ReservePlace.objects.get()
    place.state = "expired"
    place.save()
    with on(noon(-13)):
        actions.decline_award(Award.objects.get(), reason="No.", by=sent[0].submitted_by)
        actions.decide_appeal(appeal, offer, by=third)
    assert Award.objects.get(state="offered").application == sent[2]
    sent[2].refresh_from_db()
    assert sent[2].state == "selected"


def test_upheld_it_must_say_what_is_corrected_and_what_follows(client):
    _story, appeal, _sent = asked()
    log_in(client, third_coordinator())
    typed = {"outcome": "upheld", "reasons": "It was late.", "effect": "", "correction": ""}
    page = client.post(reverse("awards:decide_appeal", args=[appeal.pk]), typed).content.decode()
    assert page.count("Say what is corrected, and what follows.") == 2
    assert "It was late." in page
    typed |= {"effect": "correction", "correction": "The minutes."}
    client.post(reverse("awards:decide_appeal", args=[appeal.pk]), typed)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.effect) == ("upheld", "correction")


def test_a_request_waits_for_whoever_may_judge_it(client):
    story, appeal, _sent = asked()
    proposer, approver = story.cast.coordinators
    for coordinator, waits in ((proposer, False), (approver, True)):
        log_in(client, coordinator)
        page = client.get("/").content.decode()
        assert ("Decide on requests for review" in page) is waits
    third = person(name="Third")
    grant_role(third, "coordinator", by=None)
    log_in(client, approver)
    assert "Decide on requests for review" not in client.get("/").content.decode()
    assert str(appeal.decision.application.reference)
