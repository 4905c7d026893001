"""Answering a clarification: its page, two people, and who has no part in it."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from clusters.models import Representative
from conduct.actions import NotAllowed, OutOfOrder, Refused
from notices.models import Notice
from tests.eligibility.asking import application, ask, manager, officer, save, story
from tests.making import LB, LB_SECOND, pdf
from tests.people import log_in, person
from vouchers.applications.actions import withdraw_application
from vouchers.applications.models import Answer, Application
from vouchers.applications.steps import application_step
from vouchers.calls.models import Question
from vouchers.eligibility import actions
from vouchers.eligibility.forms import ClarificationAnswerForm
from vouchers.eligibility.models import Clarification, ClarificationItem
from vouchers.eligibility.tasks import lapse_clarifications

__all__ = ["application", "manager", "officer", "story"]

pytestmark = pytest.mark.django_db


def kinds():
    return sorted(set(Notice.objects.values_list("kind", flat=True)))


def test_staff_read_what_the_cluster_writes_once_it_is_sent(client, application, officer, manager):
    clarification = ask(application, officer)
    save(clarification, "voucher-use", "Still being written.", manager)
    log_in(client, officer)
    assert (
        "Still being written." not in client.get(clarification.get_absolute_url()).content.decode()
    )
    actions.answer_clarification(clarification, by=manager)
    html = client.get(clarification.get_absolute_url()).content.decode()
    assert "Still being written." in html
    assert LB.voucher_use in html


def test_a_file_is_served_to_the_partner_once_it_is_sent(client, story, application, manager):
    officer = story.cast.officer("LB")
    clarification = ask(application, officer)
    item = clarification.items.get(question__key="documents")
    added = actions.add_file(item, pdf("new.pdf", "new"), by=manager)
    address = reverse("eligibility:file", args=[added.pk])
    assert log_in(client, officer).get(address).status_code == 404
    assert log_in(client, manager).get(address).status_code == 200
    actions.answer_clarification(clarification, by=manager)
    assert log_in(client, officer).get(address).status_code == 200
    assert log_in(client, story.cast.officer("MA")).get(address).status_code == 404


def test_the_page_saves_without_javascript_and_with_it(client, application, officer, manager):
    clarification = ask(application, officer)
    item = clarification.items.get(question__key="voucher-use")
    log_in(client, manager)
    html = client.get(clarification.get_absolute_url()).content.decode()
    assert "Which experts do you mean?" in html
    assert LB.voucher_use in html
    typed = {f"answer_{item.question_id}": "Half a sent", f"seen_{item.question_id}": "1"}
    kept = client.post(reverse("eligibility:save", args=[clarification.pk]), typed)
    assert 'value="2"' in kept.content.decode()
    typed = {f"answer_{item.question_id}": "A sentence.", f"seen_{item.question_id}": "2"}
    client.post(clarification.get_absolute_url(), typed)
    item.refresh_from_db()
    assert (item.text, item.version, item.changed_by) == ("A sentence.", 3, manager)


def test_two_people_see_both_texts(client, application, officer, manager):
    colleague = person("colleague@example.org")
    Representative.objects.create(cluster=application.cluster, user=colleague, level="editor")
    clarification = ask(application, officer)
    item = clarification.items.get(question__key="voucher-use")
    save(clarification, "voucher-use", "Theirs", colleague)
    typed = {f"answer_{item.question_id}": "Mine", f"seen_{item.question_id}": "1"}
    html = log_in(client, manager).post(clarification.get_absolute_url(), typed).content.decode()
    assert "Theirs" in html
    assert "Mine" in html
    item.refresh_from_db()
    assert item.text == "Theirs"
    with pytest.raises(NotAllowed, match="Only a manager"):
        actions.answer_clarification(clarification, by=colleague)


def test_only_what_is_asked_is_saved(application, officer, manager):
    clarification = ask(application, officer, "voucher-use")
    other = application.call.questions.exclude(key="voucher-use").exclude(kind="file").first()
    actions.save_clarification(clarification, {other.pk: "Sneaked in"}, seen={}, by=manager)
    actions.save_clarification(clarification, {}, seen={}, reply="As agreed.", by=manager)
    actions.answer_clarification(clarification, by=manager)
    assert not Answer.objects.filter(text="Sneaked in").exists()
    assert Clarification.objects.get().reply == "As agreed."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "Please answer"), ("word " * 401, "at most 400 are allowed"), (None, "Change an answer")],
)
def test_what_is_wrong_is_kept_and_refused_when_sent(application, officer, manager, text, sentence):
    clarification = ask(application, officer, "voucher-use")
    if text is not None:
        save(clarification, "voucher-use", text, manager)
    with pytest.raises(Refused, match=sentence):
        actions.answer_clarification(clarification, by=manager)
    assert Clarification.objects.get().state == "asked"


def test_a_withdrawn_application_is_asked_no_more(application, officer, manager):
    clarification = ask(application, officer)
    withdraw_application(application, reason="No more.", by=manager)
    with pytest.raises(OutOfOrder):
        actions.answer_clarification(clarification, by=manager)
    assert lapse_clarifications() == 1
    assert "clarification-lapsed" not in kinds()


def test_the_page_says_whose_turn_it_is(client, application, officer, manager):
    ask(application, officer)
    application = Application.objects.get(pk=application.pk)
    assert application_step(application, manager).whose == "you"
    assert application_step(application, officer).whose == "the cluster"
    assert "Answer by" in log_in(client, manager).get("/").content.decode()
    log_in(client, officer)
    page = client.get(reverse("eligibility:waiting")).content.decode()
    assert "No application waits for a check" in page
    assert "Clusters that are being asked" in page
    assert application.reference in page


def test_who_has_no_part_in_it_finds_nothing(client, story, application, officer):
    clarification = ask(application, officer)
    stranger = story.apply(LB_SECOND).submitted_by
    for user in (story.cast.officer("MA"), story.cast.assessors[0], stranger):
        log_in(client, user)
        assert client.get(clarification.get_absolute_url()).status_code == 404
        assert client.get(reverse("eligibility:ask", args=[application.pk])).status_code == 404


def test_a_reader_of_the_cluster_reads_and_cannot_write(client, application, officer):
    clarification = ask(application, officer)
    reader = person("reader@example.org")
    Representative.objects.create(cluster=application.cluster, user=reader, level="reader")
    log_in(client, reader)
    page = client.get(clarification.get_absolute_url())
    assert "Which experts do you mean?" in page.content.decode()
    assert client.post(reverse("eligibility:save", args=[clarification.pk])).status_code == 403


def table_item():
    budget = Question(pk=5, kind=Question.Kind.BUDGET, text="Your budget")
    return ClarificationItem(question=budget, rows=[{"activity": "Expert", "amount": "900"}])


def test_a_table_shows_its_lines_and_some_empty_ones():
    (row,) = ClarificationAnswerForm(items=[table_item()]).rows()
    assert [[cell.value for cell in line] for line in row.lines] == [
        ["Expert", "", "900"],
        *[["", "", ""]] * 3,
    ]


def test_a_table_is_read_line_by_line_as_it_was_typed():
    typed = QueryDict(mutable=True)
    typed.update({"lines_5": "4"})
    typed.update({"answer_5_0_activity": "Expert", "answer_5_0_amount": "1 000"})
    typed.update({"answer_5_3_activity": "Travel\x00", "answer_5_3_amount": "a little"})
    form = ClarificationAnswerForm(typed, items=[table_item()])
    assert form.contents() == {
        5: [
            {"activity": "Expert", "days": "", "amount": "1 000"},
            {"activity": "Travel", "days": "", "amount": "a little"},
        ]
    }


def test_options_are_read_as_their_numbers():
    asked = Question(pk=6, kind=Question.Kind.CHOICES, options="One\nTwo\nThree")
    form = ClarificationAnswerForm(
        QueryDict("answer_6=1&answer_6=3"), items=[ClarificationItem(question=asked)]
    )
    assert form.contents() == {6: "1,3"}
