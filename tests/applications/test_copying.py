"""Answers of an earlier application: offered, looked at, copied, and never over somebody's text."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from clusters.models import Representative
from conduct.actions import NotAllowed, OutOfOrder
from demonstration.calls import open_call
from demonstration.clock import noon, on
from demonstration.story import Story
from tests.making import LB, LB_SECOND, open_story, opening
from tests.people import log_in, person
from vouchers.applications import actions
from vouchers.applications.models import Answer, Application, Attachment
from vouchers.applications.queries.copying import earlier_applications, offers
from vouchers.calls.models import Call, Question

pytestmark = pytest.mark.django_db


@pytest.fixture
def first():
    return open_story()


@pytest.fixture
def second(first, request):
    """The next call; whoever asks for another one says how it is changed before it opens."""
    change = getattr(request, "param", lambda call: None)
    with on(noon(-5)), opening(change):
        call = open_call(
            by=first.cast.coordinators[0],
            code="NEXT",
            slug="next-call",
            opens=timezone.now(),
            deadline=noon(45),
            amount="5000.00",
            quotas={"LB": 2},
        )
    return Story(first.cast, call)


@pytest.fixture
def source(first):
    return first.apply(LB)


@pytest.fixture
def draft(second, source):
    """A draft to the next call, with nothing but its own mission."""
    draft = second.apply(LB, send=False)
    answer = draft.answers.get()
    actions.save_answers(
        draft,
        {answer.question_id: "Our mission of today."},
        seen={answer.question_id: answer.version},
        by=draft.started_by,
    )
    return draft


def address(draft):
    return reverse("applications:copy", args=[draft.pk])


def offered(draft, source):
    return {offer.here.question.key: offer for offer in offers(draft, source)}


def question(draft, key):
    return draft.call.questions.get(key=key)


def ticked(html):
    """The keys of the questions that are ticked on the page."""
    boxes = [tag for tag in html.split("<input") if 'name="question"' in tag and " checked" in tag]
    numbers = [tag.split('value="')[1].split('"')[0] for tag in boxes]
    return set(Question.objects.filter(pk__in=numbers).values_list("key", flat=True))


def test_the_page_ticks_what_is_empty_and_shows_both_texts_of_the_rest(client, source, draft):
    html = log_in(client, draft.started_by).get(address(draft)).content.decode()
    assert "Our mission of today." in html
    assert LB.mission in html
    assert ticked(html) == {
        "members",
        "beneficiaries",
        "growth",
        "milestones",
        "way-of-use",
        "voucher-use",
        "start",
        "budget",
        "other-funding",
    }
    assert "statutes.pdf" in html


def test_what_is_ticked_is_copied_tables_and_files_too(client, source, draft):
    chosen = ["growth", "budget", "beneficiaries"]
    attachment = source.attachments.get()
    client = log_in(client, draft.started_by)
    page = client.post(
        address(draft),
        {
            "from": source.pk,
            "question": [question(draft, key).pk for key in chosen],
            "file": [attachment.pk],
        },
        follow=True,
    )
    assert "4 answers were copied." in page.content.decode()
    now = {answer.question.key: answer for answer in draft.answers.select_related("question")}
    assert set(now) == {"mission", *chosen}
    earlier = {item.question.key: item for item in source.answers.select_related("question")}
    assert now["budget"].rows == earlier["budget"].rows
    assert now["growth"].text == earlier["growth"].text
    assert now["growth"].changed_by == draft.started_by
    copied = draft.attachments.get()
    assert (copied.sha256, copied.name) == (attachment.sha256, attachment.name)
    assert copied.file.name != attachment.file.name
    with attachment.file.open() as one, copied.file.open() as other:
        assert one.read() == other.read()


def test_an_answer_is_replaced_only_where_that_is_chosen(source, draft):
    mission = question(draft, "mission")
    seen = {mission.pk: draft.answers.get().version}
    by = draft.started_by
    actions.copy_answers(draft, source, [], [], seen=seen, by=by)
    assert draft.answers.get().text == "Our mission of today."
    actions.copy_answers(draft, source, [mission.pk], [], seen=seen, by=by)
    assert draft.answers.get().text == LB.mission


def test_what_a_colleague_changed_meanwhile_stays(client, source, draft):
    mission = question(draft, "mission")
    before = draft.answers.get().version
    colleague = person("colleague@example.org")
    Representative.objects.create(cluster=draft.cluster, user=colleague, level="editor")
    actions.save_answers(draft, {mission.pk: "Theirs"}, seen={mission.pk: before}, by=colleague)
    typed = {"from": source.pk, "question": [mission.pk], f"seen_{mission.pk}": before}
    page = log_in(client, draft.started_by).post(address(draft), typed, follow=True)
    assert "Somebody changed" in page.content.decode()
    assert draft.answers.get().text == "Theirs"


def test_a_question_of_the_same_kind_is_offered(source, draft):
    assert "members" in offered(draft, source)


def asked_otherwise(call):
    call.questions.filter(key="members").update(kind="short_text")


@pytest.mark.parametrize("second", [asked_otherwise], indirect=True)
def test_a_question_of_another_kind_is_not_offered(source, draft):
    assert "members" not in offered(draft, source)


def another_option_first(call):
    """Leave the first of the options that `source` chose, in the second place."""
    asked = call.questions.get(key="beneficiaries")
    answer = Answer.objects.get(question__key="beneficiaries")
    chosen = [label for value, label in answer.question.choices if value in answer.text]
    assert len(chosen) > 1
    lines = f"Somebody else\n{chosen[0]}"
    asked.options = LazyI18nString(dict.fromkeys(("en", "fr", "ar"), lines))
    asked.save()


@pytest.mark.parametrize("second", [another_option_first], indirect=True)
def test_an_option_is_taken_by_what_it_says(source, draft):
    offer = offered(draft, source)["beneficiaries"]
    assert offer.content == "2"
    assert offer.remark == "Some of the options that were chosen are not offered any more."


def test_a_file_that_is_there_already_is_not_offered(source, draft):
    assert "documents" in offered(draft, source)
    by = draft.started_by
    pk = source.attachments.get().pk
    actions.copy_answers(draft, source, [], [pk], seen={}, by=by)
    assert "documents" not in offered(draft, source)
    assert actions.copy_answers(draft, source, [], [pk], seen={}, by=by).files == 0
    assert Attachment.objects.filter(application=draft).count() == 1


def test_a_file_that_does_not_fit_is_named_and_the_rest_copied(source, draft):
    Call.objects.filter(pk=draft.call_id).update(max_file_size=10)
    draft = Application.objects.get(pk=draft.pk)
    growth = question(draft, "growth")
    copied = actions.copy_answers(
        draft,
        source,
        [growth.pk],
        [source.attachments.get().pk],
        seen={},
        by=draft.started_by,
    )
    assert (copied.answers, copied.files) == (1, 0)
    assert copied.refused[0].startswith("statutes.pdf: ")
    assert draft.answers.filter(question=growth).exists()


def test_of_its_own_cluster_in_any_state(client, first, source, draft):
    other = first.apply(LB_SECOND)
    assert list(earlier_applications(draft)) == [source]
    with pytest.raises(NotAllowed):
        actions.copy_answers(draft, other, [], [], seen={}, by=draft.started_by)
    page = log_in(client, draft.started_by).get(address(draft), {"from": other.pk})
    assert other.answers.first().text not in page.content.decode()
    actions.withdraw_application(source, reason="Later.", by=source.submitted_by)
    assert list(earlier_applications(draft)) == [source]


def test_nothing_is_copied_into_what_was_sent(source, draft, first):
    with pytest.raises(OutOfOrder):
        actions.copy_answers(
            source, draft, [question(source, "mission").pk], [], seen={}, by=source.submitted_by
        )
    assert Answer.objects.get(application=source, question__key="mission").text == LB.mission


def test_the_first_application_of_a_cluster_has_nothing_to_copy(client, second):
    draft = second.apply(LB_SECOND, send=False)
    client = log_in(client, draft.started_by)
    assert "There is nothing to copy" in client.get(address(draft)).content.decode()
    section = client.get(reverse("applications:section", args=[draft.pk, 1])).content.decode()
    assert address(draft) not in section


def test_it_is_offered_where_one_begins(client, draft):
    section = reverse("applications:section", args=[draft.pk, 1])
    assert address(draft) in log_in(client, draft.started_by).get(section).content.decode()


def test_a_reader_copies_nothing(client, draft):
    reader = person("reader@example.org")
    Representative.objects.create(cluster=draft.cluster, user=reader, level="reader")
    assert log_in(client, reader).post(address(draft), {}).status_code == 403


def test_numbers_of_thousands_of_digits_name_nothing(client, draft, source):
    log_in(client, draft.started_by)
    endless = "9" * 5000
    # As for any other number that names no application.
    assert client.get(address(draft), {"from": endless}).status_code == 404
    sent = {"from": source.pk, "question": endless, f"seen_{endless}": endless, "file": endless}
    assert client.post(address(draft), sent).status_code == 400
    assert question(draft, "mission").answers.get(application=draft).text == "Our mission of today."
