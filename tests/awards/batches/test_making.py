"""All letters of a round with one press: what is made, what is not made again, who may."""

from __future__ import annotations

import pytest

from clusters.models import Cluster
from conduct.actions import NotAllowed, OutOfOrder, Refused
from documents.actions import (
    finish_batches,
    pause_batch,
    resume_batch,
    retry_failed,
    start_batch,
    stop_batch,
)
from documents.actions.making import DOCUMENTS, render_document
from documents.models import BatchedLetter, Document, LetterBatch
from notices.models import Notice
from tests.awards.batches.rounds import KINDS, letters, make_all, take_back, told
from tests.awards.deciding import proposed, together
from tests.people import person
from vouchers.applications.models import Recusal
from vouchers.awards.batches.queries import batch_progress, letters_of_round_visible_to

pytestmark = pytest.mark.django_db


def test_it_gathers_what_waits_and_issues_what_nobody_has():
    _story, found, by = told()
    render_document(letters().get(kind="award", language="en").pk)
    take_back("refusal")
    assert letters().count() == 6
    batch = start_batch(found, KINDS, by=by)
    assert letters().count() == 9
    joined = BatchedLetter.objects.filter(batch=batch).values_list("document__kind", "is_new")
    # The award letter in English is made: it is left alone.
    assert sorted(joined) == [
        *[("award", False)] * 2,
        *[("refusal", True)] * 3,
        *[("reserve", False)] * 3,
    ]


def test_what_holds_stays_though_its_record_says_something_else_by_now():
    _story, found, by = told()
    before = dict(letters().values_list("pk", "facts_sha256"))
    # Who represents the cluster is among the facts of every letter.
    Cluster.objects.update(legal_representative="Somebody Else")
    start_batch(found, KINDS, by=by)
    assert dict(letters().values_list("pk", "facts_sha256")) == before


def test_it_is_done_once_all_are_there_and_nothing_is_made_again():
    _story, found, by = told()
    batch = start_batch(found, KINDS, by=by)
    assert finish_batches() == 0
    make_all()
    made = dict(letters().values_list("pk", "rendered_at"))
    assert finish_batches() == 1
    batch.refresh_from_db()
    assert batch.state == LetterBatch.State.DONE
    assert batch.ended_at
    with pytest.raises(Refused, match="All letters of these kinds are made already"):
        start_batch(found, KINDS, by=by)
    assert dict(letters().values_list("pk", "rendered_at")) == made
    assert LetterBatch.objects.count() == 1


def test_one_is_open_at_a_time():
    _story, found, by = told()
    start_batch(found, ["award"], by=by)
    with pytest.raises(Refused, match="These letters are being made already"):
        start_batch(found, ["refusal"], by=by)


def test_the_next_may_begin_as_soon_as_the_last_is_made():
    _story, found, by = told()
    first = start_batch(found, ["award"], by=by)
    make_all()
    take_back("award")
    start_batch(found, ["award"], by=by)
    first.refresh_from_db()
    assert first.state == LetterBatch.State.DONE


def test_a_paused_batch_is_left_alone_by_every_worker_and_by_the_sweeper():
    _story, found, by = told()
    batch = start_batch(found, KINDS, by=by)
    pause_batch(batch, by=by)
    Document.objects.update(next_attempt_at="2020-01-01T00:00Z")
    waiting = set(letters().values_list("pk", flat=True))
    assert waiting.isdisjoint(DOCUMENTS.claim_due())
    assert not any(render_document(key) for key in waiting)
    assert set(letters().values_list("attempts", flat=True)) == {0}
    resume_batch(batch, by=by)
    Document.objects.update(next_attempt_at="2020-01-01T00:00Z")
    assert waiting <= set(DOCUMENTS.claim_due())
    assert all(render_document(key) for key in waiting)


def test_what_failed_is_tried_again_and_says_why_until_then():
    _story, found, by = told()
    batch = start_batch(found, KINDS, by=by)
    lost = letters().get(kind="refusal", language="fr")
    Document.objects.filter(pk=lost.pk).update(attempts=5, last_error="KeyError: 'reasons'")
    assert render_document(lost.pk) is False
    progress = batch_progress(batch, letters_of_round_visible_to(by, found))
    assert (progress.whole.waiting, progress.whole.failed) == (8, 1)
    assert progress.languages["fr"].failed == 1
    retry_failed(batch, by=by)
    lost.refresh_from_db()
    assert (lost.state, lost.attempts) == ("pending", 0)
    with pytest.raises(OutOfOrder, match="None of these letters has failed"):
        retry_failed(batch, by=by)
    assert render_document(lost.pk)


def test_a_batch_takes_up_what_had_failed_before():
    _story, found, by = told()
    lost = letters().get(kind="award", language="ar")
    Document.objects.filter(pk=lost.pk).update(attempts=5)
    render_document(lost.pk)
    start_batch(found, ["award"], by=by)
    lost.refresh_from_db()
    assert lost.state == "pending"


def test_stopping_withdraws_what_nobody_has_seen_and_keeps_what_is_owed():
    _story, found, by = told()
    take_back("refusal")
    batch = start_batch(found, KINDS, by=by)
    render_document(letters().get(kind="refusal", language="en").pk)
    stop_batch(batch, by=by)
    batch.refresh_from_db()
    assert batch.state == LetterBatch.State.STOPPED
    # The refusals were issued by the batch: what was made of them stays.
    assert list(letters().filter(kind="refusal").values_list("language", flat=True)) == ["en"]
    gone = Document.objects.filter(kind="refusal", withdrawal_reason__startswith="It was never")
    assert {document.state for document in gone} == {"pending"}
    assert not any(render_document(document.pk) for document in gone)
    # The e-mails of the publication wait for the others: they are made in their turn.
    assert all(render_document(one.pk) for one in letters().exclude(state="ready"))
    assert not Notice.objects.filter(documents__in=gone).exists()
    # What was given up may be asked for anew.
    again = start_batch(found, ["refusal"], by=by)
    assert again.letters.count() == 2


@pytest.mark.parametrize("step", [pause_batch, retry_failed, stop_batch])
def test_nothing_is_done_with_a_batch_that_has_ended(step):
    _story, found, by = told()
    batch = start_batch(found, KINDS, by=by)
    stop_batch(batch, by=by)
    with pytest.raises(OutOfOrder):
        step(batch, by=by)


def test_there_are_no_letters_before_the_publication():
    story, found, _sent = proposed()
    with pytest.raises(OutOfOrder, match="once it is published"):
        start_batch(found, KINDS, by=story.cast.coordinators[0])


@pytest.mark.parametrize("role", ["officer", "auditor", "finance", "administrator"])
def test_coordinators_alone_have_them_made(role):
    _story, found, by = told()
    country = "LB" if role == "officer" else None
    other = person(role=role, country=country) if country else person(role=role)
    with pytest.raises(NotAllowed):
        start_batch(found, KINDS, by=other)
    batch = start_batch(found, KINDS, by=by)
    for step in (pause_batch, stop_batch, retry_failed):
        with pytest.raises(NotAllowed):
            step(batch, by=other)


def test_a_conflict_of_interest_shuts_a_coordinator_out():
    _story, found, by = told()
    decision = found.decisions.first()
    Recusal.objects.create(application=decision.application, person=by, reason="A cousin.")
    with pytest.raises(NotAllowed):
        start_batch(found, KINDS, by=by)


def test_a_batch_is_started_in_few_queries(django_assert_max_num_queries):
    _story, found, by = told()
    take_back("refusal")
    with django_assert_max_num_queries(75):
        start_batch(found, KINDS, by=by)


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_start_one_batch():
    story, found, _by = told()
    first, second = story.cast.coordinators[:2]
    came_to = together(
        lambda: start_batch(found, KINDS, by=first), lambda: start_batch(found, KINDS, by=second)
    )
    assert sorted(type(one).__name__ for one in came_to) == ["LetterBatch", "str"]
    assert LetterBatch.objects.count() == 1
    assert BatchedLetter.objects.count() == 9
