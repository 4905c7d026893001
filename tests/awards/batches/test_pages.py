"""The letters of a round on their page: the press, how far it is, and what each reader finds."""

from __future__ import annotations

import pytest
from django.urls import reverse

from documents.actions import pause_batch, start_batch
from documents.actions.making import render_document
from documents.models import Document, LetterBatch
from tests.awards.batches.rounds import KINDS, letters, make_all, take_back, told
from tests.awards.deciding import proposed
from tests.people import log_in, person
from vouchers.applications.models import Recusal
from vouchers.awards.models import Award

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    """A function that gives the text of the round's letters, as a person reads it."""

    def read(selection_round, who, **asked):
        log_in(client, who)
        answer = client.get(reverse("awards:letters", args=[selection_round.pk]), asked)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return read


def test_the_page_says_what_will_be_made_and_for_whom_before_the_press(client, page):
    _story, found, by = told()
    render_document(letters().get(kind="award", language="en").pk)
    take_back("refusal")
    text = page(found, by)
    assert "8 letters of this round are not made yet." in text
    assert "1 letter made" in text
    assert "2 to be made" in text
    refused = found.decisions.get(outcome="refuse").application.cluster
    assert f"<bdi>{refused}</bdi>" in text
    assert (
        reverse("awards:letters", args=[found.pk])
        in client.get(found.get_absolute_url()).content.decode()
    )


def test_one_press_makes_all_of_them(client, page):
    _story, found, by = told()
    log_in(client, by)
    address = reverse("awards:letters", args=[found.pk])
    answer = client.post(address, {"kinds": KINDS}, follow=True)
    assert "The letters are being made." in answer.content.decode()
    batch = LetterBatch.objects.get()
    assert "0 of 9 letters are made." in page(found, by)
    make_all()
    text = " ".join(
        client.get(reverse("awards:batch", args=[batch.pk]), headers={"HX-Request": "true"})
        .content.decode()
        .split()
    )
    assert "9 of 9 letters are made." in text
    assert "<html" not in text
    # Without a script its address leads to the page.
    assert client.get(reverse("awards:batch", args=[batch.pk]))["Location"] == address


def test_without_a_kind_the_form_says_so_beside_the_boxes(client):
    _story, found, by = told()
    log_in(client, by)
    answer = client.post(reverse("awards:letters", args=[found.pk]), {})
    assert "Choose at least one kind of letter." in answer.content.decode()
    assert not LetterBatch.objects.exists()


def test_a_press_from_a_stale_page_is_answered_with_a_sentence(client):
    _story, found, by = told()
    log_in(client, by)
    address = reverse("awards:letters", args=[found.pk])
    client.post(address, {"kinds": KINDS})
    answer = client.post(address, {"kinds": KINDS}, follow=True)
    assert answer.status_code == 200
    assert "These letters are being made already." in answer.content.decode()


def test_it_is_paused_resumed_tried_again_and_given_up_by_buttons(client, page):
    _story, found, by = told()
    batch = start_batch(found, KINDS, by=by)
    Document.objects.filter(kind="award", language="fr").update(attempts=5, last_error="OSError: x")
    render_document(letters().get(kind="award", language="fr").pk)
    log_in(client, by)

    def press(step):
        answer = client.post(reverse(f"awards:{step}_batch", args=[batch.pk]), follow=True)
        return answer.content.decode()

    assert "OSError: x" in page(found, by)
    assert 'id="batch-resume"' in press("pause")
    assert 'id="batch-pause"' in press("resume")
    assert "OSError: x" not in press("retry")
    assert "What waited is given up." in press("stop")
    batch.refresh_from_db()
    assert batch.state == "stopped"
    # A button of a page that is no longer true.
    assert "This cannot be done now" in press("pause")


def test_officers_see_their_country_alone_and_steer_nothing(client, page):
    story, found, by = told()
    start_batch(found, KINDS, by=by)
    officer = story.cast.officer("LB")
    text = page(found, officer)
    assert "0 of 9 letters are made." in text
    assert "batch-pause" not in text
    assert "Make these letters" not in text
    assert "last_error" not in text
    elsewhere = story.cast.officer("MA")
    log_in(client, elsewhere)
    batch = LetterBatch.objects.get()
    for address in (
        reverse("awards:letters", args=[found.pk]),
        reverse("awards:batch", args=[batch.pk]),
        reverse("awards:download_letters", args=[found.pk]),
    ):
        assert client.get(address).status_code == 404
    assert client.post(reverse("awards:pause_batch", args=[batch.pk])).status_code == 404
    log_in(client, officer)
    assert client.post(reverse("awards:pause_batch", args=[batch.pk])).status_code == 403
    batch.refresh_from_db()
    assert batch.state == "running"


def test_officers_find_the_letters_from_an_award_and_the_cluster_does_not(client):
    story, found, _by = told()
    award = Award.objects.get(decision__selection_round=found)
    letters_of_round = reverse("awards:letters", args=[found.pk])
    for who, finds in ((story.cast.officer("LB"), True), (award.application.submitted_by, False)):
        log_in(client, who)
        answer = client.get(award.get_absolute_url())
        assert answer.status_code == 200
        assert (letters_of_round in answer.content.decode()) is finds


def test_a_recusal_hides_one_applicants_letters_from_an_officer(page):
    story, found, by = told()
    officer = story.cast.officer("LB")
    refused = found.decisions.get(outcome="refuse").application
    assert str(refused.reference) in page(found, officer)
    Recusal.objects.create(application=refused, person=officer, reason="My sister.")
    start_batch(found, KINDS, by=by)
    text = page(found, officer)
    assert str(refused.reference) not in text
    assert "0 of 6 letters are made." in text


def test_officers_see_nothing_before_the_publication(client):
    story, found, _sent = proposed()
    log_in(client, story.cast.officer("LB"))
    assert client.get(reverse("awards:letters", args=[found.pk])).status_code == 404


def test_clusters_and_others_find_no_such_page(client):
    story, found, _by = told()
    applicant = found.decisions.first().application.submitted_by
    for who in (applicant, story.cast.assessors[0], person(role="administrator")):
        log_in(client, who)
        assert client.get(reverse("awards:letters", args=[found.pk])).status_code == 404


def test_the_list_is_narrowed_by_kind_language_state_and_words(page):
    _story, found, by = told()
    render_document(letters().get(kind="reserve", language="ar").pk)
    assert page(found, by).count("<tr>") > 9
    reserve = found.decisions.get(outcome="reserve").application
    text = page(found, by, kind="reserve", language="ar", state="ready", text=reserve.cluster.name)
    listed = text[text.index('id="list"') :]
    assert "1 in this list" in listed
    assert f"<bdi>{reserve.cluster}</bdi>" in listed
    assert str(reserve.reference) in listed


def test_the_page_costs_the_same_queries_for_any_number_of_letters(
    client, django_assert_max_num_queries
):
    _story, found, by = told()
    start_batch(found, KINDS, by=by)
    log_in(client, by)
    address = reverse("awards:letters", args=[found.pk])
    client.get(address)
    with django_assert_max_num_queries(42):
        client.get(address)


def test_looking_at_a_letter_that_waits_lets_it_be_made_first(client):
    _story, found, by = told()
    letter = letters().get(kind="refusal", language="ar")
    assert letter.priority == Document.Priority.NOBODY
    start_batch(found, KINDS, by=by)
    letter.refresh_from_db()
    assert letter.priority == Document.Priority.BATCH
    log_in(client, by)
    client.get(letter.get_absolute_url())
    letter.refresh_from_db()
    assert letter.priority == Document.Priority.SCREEN


def test_a_paused_batch_says_so(page):
    _story, found, by = told()
    pause_batch(start_batch(found, KINDS, by=by), by=by)
    assert "No further one is begun until the batch is resumed" in page(found, by)
