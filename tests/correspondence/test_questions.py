"""Public questions and answers: anybody asks, staff answer, everybody reads, nobody learns who asked."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from conduct.actions import NotAllowed, Refused, TooLate
from demonstration.clock import on
from notices.models import Notice
from tests.making import LB, MA, open_story
from tests.people import log_in, person
from vouchers.calls.models import Call
from vouchers.correspondence.actions import (
    ask_question,
    correct_answer,
    publish_answer,
    set_question_aside,
)
from vouchers.correspondence.models import PublicQuestion

pytestmark = pytest.mark.django_db

PAGE = "/correspondence/calls/call/"
PUBLIC = LazyI18nString({"en": "May a foundation apply?", "ar": "هل يحق لمؤسسة التقدّم؟"})
ANSWER = LazyI18nString(
    {"en": "Yes, if it runs a cluster.", "fr": "Oui, si elle anime un cluster."}
)


@pytest.fixture
def story():
    return open_story()


@pytest.fixture
def asker():
    return person(name="Rana Hidden", email="rana@qoot.example")


@pytest.fixture
def asked(story, asker):
    return ask_question(story.call, "We at QOOT are a foundation: may we?", language="en", by=asker)


def publish(asked, story):
    return publish_answer(asked, question=PUBLIC, answer=ANSWER, by=story.cast.officer("MA"))


def test_anybody_logged_in_may_ask(client, story, asker):
    answer = log_in(client, asker).post(PAGE, {"text": "May a foundation apply?"}, follow=True)
    assert "You get a message when it is answered." in answer.content.decode()
    asked = PublicQuestion.objects.get()
    assert (asked.asked_by, asked.state, asked.language) == (asker, "asked", "en")
    told = Notice.objects.filter(kind="question-asked").values_list("recipient", flat=True)
    assert set(told) == {coordinator.pk for coordinator in story.cast.coordinators}


def test_a_visitor_is_asked_to_log_in_first(client, story):
    assert "Log in to ask" in client.get(PAGE).content.decode()
    answer = client.post(PAGE, {"text": "May a foundation apply?"})
    assert answer["Location"] == f"/accounts/login/?next={PAGE}"
    assert not PublicQuestion.objects.exists()


def test_after_the_time_for_questions_nobody_asks_and_nothing_typed_is_lost(client, story, asker):
    Call.objects.filter(pk=story.call.pk).update(
        questions_until=timezone.now() - timedelta(seconds=1)
    )
    story.call.refresh_from_db()
    with pytest.raises(TooLate):
        ask_question(story.call, "Too late?", language="en", by=asker)
    page = log_in(client, asker).post(PAGE, {"text": "Too late?"})
    assert "The time for questions about this call is over." in page.content.decode()


def test_without_a_date_of_its_own_the_deadline_ends_questions(story, asker):
    with on(story.call.deadline), pytest.raises(TooLate):
        ask_question(story.call, "Too late?", language="en", by=asker)


def test_the_same_question_twice_and_a_flood_are_refused(story, asker, asked):
    with pytest.raises(Refused, match="asked this already"):
        ask_question(story.call, asked.asked, language="en", by=asker)
    for number in range(9):
        ask_question(story.call, f"Question {number}?", language="en", by=asker)
    with pytest.raises(Refused, match="earlier questions"):
        ask_question(story.call, "One more?", language="en", by=asker)


def test_a_refused_question_stays_in_the_box(client, story, asker):
    text = "y" * 2001
    page = log_in(client, asker).post(PAGE, {"text": text}).content.decode()
    assert text in page
    assert "at most 2000 fit" in page


def test_an_answer_shows_to_everybody_and_never_who_asked(client, story, asked, asker):
    publish(asked, story)
    readers = [client, log_in(Client(), person()), log_in(Client(), story.cast.assessors[0])]
    for reader in readers:
        for address in (PAGE, "/calls/call/", f"{PAGE}feed/"):
            page = reader.get(address).content.decode()
            assert "May a foundation apply?" in page
            assert "Yes, if it runs a cluster." in page
            assert "QOOT" not in page
            assert asker.full_name not in page
    # There is something to leak.
    assert "QOOT" in asked.asked


def test_an_answer_reads_in_the_language_of_the_page_where_it_is_written(client, story, asked):
    publish(asked, story)
    client.cookies["django_language"] = "ar"
    page = client.get(PAGE).content.decode()
    assert "هل يحق لمؤسسة التقدّم؟" in page


def test_answers_are_searched_in_every_language(client, story, asked, asker):
    publish(asked, story)
    other = ask_question(story.call, "Is VAT paid?", language="en", by=asker)
    publish_answer(
        other,
        question=LazyI18nString({"en": "Is VAT paid?"}),
        answer=LazyI18nString({"en": "No."}),
        by=story.cast.coordinators[0],
    )
    for text in ("foundation", "لمؤسسة", "ANIME un"):
        found = client.get(PAGE, {"text": text}).context["page"]
        assert [item.pk for item in found] == [asked.pk], text
    assert "No answer fits" in client.get(PAGE, {"text": "zebra"}).content.decode()


def test_the_asker_and_those_with_a_draft_are_told_once(story, asked, asker):
    draft = story.apply(LB, send=False)
    sent = story.apply(MA)
    publish(asked, story)
    told = Notice.objects.filter(kind="answer-published")
    assert set(told.values_list("recipient", flat=True)) == {asker.pk, draft.started_by.pk}
    assert sent.started_by.pk not in told.values_list("recipient", flat=True)
    correct_answer(
        asked, question=PUBLIC, answer=PUBLIC, reason="A typing error.", by=story.cast.officer("LB")
    )
    assert Notice.objects.filter(kind="answer-published").count() == 2


def test_an_answer_needs_words(client, story, asked):
    client = log_in(client, story.cast.officer("LB"))
    page = client.post(f"/correspondence/questions/{asked.pk}/", {"question_0": "May we?"})
    html = page.content.decode()
    assert "Write the question and its answer in at least one language." in html
    assert "May we?" in html
    assert PublicQuestion.objects.get().state == "asked"


def test_an_officer_answers_in_the_browser(client, story, asked):
    client = log_in(client, story.cast.officer("TN"))
    assert "Répondre aux questions sur les appels" in client.get("/").content.decode()
    answer = client.post(
        f"/correspondence/questions/{asked.pk}/",
        {
            "question_0": "May a foundation apply?",
            "question_1": "",
            "question_2": "",
            "answer_0": "Yes.",
            "answer_1": "Oui.",
            "answer_2": "نعم.",
        },
    )
    assert answer["Location"] == f"{PAGE}#question-{asked.pk}"
    published = PublicQuestion.objects.get()
    assert (published.state, published.answer.data["ar"]) == ("published", "نعم.")
    assert "Answer questions about calls" not in client.get("/").content.decode()


def test_a_published_answer_changes_for_a_reason_only(story, asked):
    publish(asked, story)
    with pytest.raises(Refused, match="Say why"):
        correct_answer(
            asked, question=PUBLIC, answer=PUBLIC, reason=" ", by=story.cast.officer("LB")
        )


def test_a_question_set_aside_is_explained_to_who_asked(client, story, asked, asker):
    client = log_in(client, story.cast.coordinators[0])
    client.post(f"/correspondence/questions/{asked.pk}/set-aside/", {"reason": "Answered above."})
    notice = Notice.objects.get(kind="question-set-aside")
    assert (notice.recipient, notice.facts["reason"]) == (asker, "Answered above.")
    page = log_in(Client(), asker).get(PAGE).content.decode()
    assert "Answered above." in page
    assert "Answered above." not in Client().get(PAGE).content.decode()
    publish(PublicQuestion.objects.get(), story)


def test_who_does_not_answer_questions_finds_no_list_of_them(story, asked, asker):
    for user in (asker, story.cast.assessors[0], story.cast.finance[0]):
        client = log_in(Client(), user)
        assert client.get("/correspondence/questions/").status_code == 404
        assert client.get(f"/correspondence/questions/{asked.pk}/").status_code == 404
        with pytest.raises(NotAllowed):
            set_question_aside(asked, by=user, reason="No.")


def test_an_auditor_reads_and_does_not_answer(story, asked):
    client = log_in(Client(), person(role="auditor"))
    assert "QOOT" in client.get("/correspondence/questions/").content.decode()
    address = f"/correspondence/questions/{asked.pk}/"
    assert "Publish for everybody" not in client.get(address).content.decode()
    assert client.post(address, {"question_0": "x", "answer_0": "y"}).status_code == 403


def test_a_draft_of_a_call_has_no_questions(client, story):
    Call.objects.filter(pk=story.call.pk).update(slug="hidden")
    call = Call.objects.get()
    draft = Call(
        **{
            field.attname: getattr(call, field.attname)
            for field in Call._meta.concrete_fields
            if field.name not in ("id", "state", "slug", "year")
        },
        slug="draft",
        year=call.year + 1,
        state="draft",
    )
    draft.save()
    assert client.get("/correspondence/calls/draft/").status_code == 404
    assert client.get("/correspondence/calls/draft/feed/").status_code == 404


def test_the_list_of_answers_costs_the_same_however_long(
    client, story, asked, asker, django_assert_num_queries
):
    publish(asked, story)
    with django_assert_num_queries(3):
        client.get(PAGE)
    for number in range(8):
        more = ask_question(story.call, f"Question {number}?", language="en", by=asker)
        publish(more, story)
    with django_assert_num_queries(3):
        client.get(PAGE)
