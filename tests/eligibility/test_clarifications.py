"""A clarification opens named questions until an instant; what stood before is kept."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from clusters.models import Representative
from conduct.actions import NotAllowed, OutOfOrder, Refused, TooLate
from demonstration.clock import on
from notices.models import Notice
from tests.eligibility.checking import filled
from tests.making import LB, LB_SECOND, open_story, pdf, today_there
from tests.people import log_in, person
from vouchers.applications.actions import withdraw_application
from vouchers.applications.models import Answer, Application, Attachment
from vouchers.applications.steps import application_step
from vouchers.calls.models import Question
from vouchers.eligibility import actions
from vouchers.eligibility.forms import AnswerForm
from vouchers.eligibility.models import Clarification, ClarificationItem
from vouchers.eligibility.tasks import lapse_clarifications

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return open_story()


@pytest.fixture
def application(story):
    return story.apply(LB)


@pytest.fixture
def officer(story):
    return story.cast.officer("LB")


@pytest.fixture
def manager(application):
    return application.submitted_by


def question(application, key):
    return application.call.questions.get(key=key)


def in_days(number):
    return today_there() + timedelta(days=number)


def ask(application, officer, *keys, days=7, **terms):
    asked = [question(application, key) for key in keys or ("voucher-use", "documents")]
    return actions.ask_clarification(
        application,
        asked,
        text="Which experts do you mean?",
        until=in_days(days),
        by=officer,
        **terms,
    )


def save(clarification, key, text, by):
    asked = question(clarification.application, key)
    actions.save_clarification(clarification, {asked.pk: text}, seen={}, by=by)


def answer_of(application, key):
    return Answer.objects.get(application=application, question__key=key)


def kinds():
    return sorted(set(Notice.objects.values_list("kind", flat=True)))


def test_the_officer_asks_on_the_page_and_the_cluster_is_told(
    client, application, officer, manager
):
    log_in(client, officer)
    client.post(
        reverse("eligibility:ask", args=[application.pk]),
        {
            "questions": [question(application, "voucher-use").pk],
            "text": "Which experts do you mean?",
            "until": in_days(7).isoformat(),
        },
    )
    clarification = Clarification.objects.get()
    assert clarification.until.isoformat().startswith(f"{in_days(7)}T2")
    assert [item.question.key for item in clarification.items.all()] == ["voucher-use"]
    assert Application.objects.get(pk=application.pk).state == "submitted"
    notice = Notice.objects.get(kind="clarification-asked")
    assert (notice.recipient, notice.url) == (manager, clarification.get_absolute_url())


def test_the_last_instant_is_the_end_of_the_day_in_the_country(application, officer):
    clarification = ask(application, officer)
    local = clarification.until.astimezone(timezone.zoneinfo.ZoneInfo("Asia/Beirut"))
    assert (local.date(), local.hour, local.minute) == (in_days(7), 23, 59)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"until": "2020-01-01"}, "This day is over"),
        ({"questions": []}, "Choose the questions that you ask about."),
        ({"text": ""}, "This field is required."),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    client, application, officer, change, sentence
):
    log_in(client, officer)
    typed = {
        "questions": [question(application, "voucher-use").pk],
        "text": "Which experts?",
        "until": in_days(7).isoformat(),
        **change,
    }
    html = client.post(reverse("eligibility:ask", args=[application.pk]), typed).content.decode()
    assert sentence in html
    assert not Clarification.objects.exists()


def test_a_question_of_another_call_cannot_be_asked_about(application, officer):
    with pytest.raises(Refused, match="Choose the questions"):
        actions.ask_clarification(application, [], text="?", until=in_days(2), by=officer)


def test_before_and_after_are_kept_and_the_answers_change_when_it_is_sent(
    application, officer, manager
):
    clarification = ask(application, officer)
    before = answer_of(application, "voucher-use").text
    save(clarification, "voucher-use", "Two experts in cold chains.", manager)
    item = ClarificationItem.objects.get(question__key="documents")
    actions.add_file(item, pdf("statutes-2.pdf", "second"), by=manager)
    assert answer_of(application, "voucher-use").text == before
    assert Attachment.objects.filter(application=application).count() == 1
    actions.answer_clarification(clarification, by=manager)
    item = ClarificationItem.objects.get(question__key="voucher-use")
    assert (item.before_text, item.text) == (before, "Two experts in cold chains.")
    assert answer_of(application, "voucher-use").text == "Two experts in cold chains."
    names = Attachment.objects.filter(application=application).values_list("name", flat=True)
    assert sorted(names) == ["statutes-2.pdf", "statutes.pdf"]
    assert Clarification.objects.get().state == "answered"
    told = Notice.objects.get(kind="clarification-answered")
    assert told.recipient == officer


def test_the_database_opens_the_named_questions_and_no_other(story, application, officer):
    other = story.apply(LB_SECOND)
    named = question(application, "voucher-use")

    def write(text="x", **where):
        with transaction.atomic():
            Answer.objects.filter(**where).update(text=text)

    with pytest.raises(IntegrityError, match="its content is fixed"):
        write(application=application, question=named)
    clarification = ask(application, officer, "voucher-use")
    write(application=application, question=named)
    assert answer_of(application, "voucher-use").text == "x"
    assert Answer.objects.filter(application=other, question=named).exists()
    answered = application.answers.exclude(question=named)
    for key in answered.values_list("question__key", flat=True):
        with pytest.raises(IntegrityError, match="its content is fixed"):
            write(application=application, question__key=key)
    with pytest.raises(IntegrityError, match="its content is fixed"):
        write(application=other, question=named)
    with pytest.raises(IntegrityError, match="its content is fixed"), transaction.atomic():
        Answer.objects.filter(application=application, question=named).delete()
    with pytest.raises(IntegrityError, match="its content is fixed"), transaction.atomic():
        Answer.objects.filter(application=application, question=named).update(
            question=question(application, "documents")
        )
    actions.end_clarification(clarification, by=officer, reason="Found it.")
    with pytest.raises(IntegrityError, match="its content is fixed"):
        write(application=application, question=named)


def test_the_database_takes_new_files_for_named_questions_and_changes_no_old_one(
    story, application, officer
):
    file = Attachment.objects.get(application=application)

    def add():
        with transaction.atomic():
            Attachment.objects.create(
                application=application,
                question=file.question,
                file="attachments/x",
                name="x.pdf",
                content_type="application/pdf",
                size=1,
                sha256="0" * 64,
                uploaded_by=officer,
            )

    ask(application, officer, "voucher-use")
    with pytest.raises(IntegrityError, match="its content is fixed"):
        add()
    actions.end_clarification(Clarification.objects.get(), by=officer, reason="Once more.")
    ask(application, officer, "documents", again_reason="A page is missing.")
    add()
    with pytest.raises(IntegrityError, match="its content is fixed"), transaction.atomic():
        Attachment.objects.filter(pk=file.pk).update(name="other.pdf")
    with pytest.raises(IntegrityError, match="its content is fixed"), transaction.atomic():
        Attachment.objects.filter(pk=file.pk).delete()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE vouchers_clarificationitem SET before_text = 'Something else.'",
        "DELETE FROM vouchers_clarificationitem",
        "UPDATE vouchers_clarification SET until = until + interval '1 day'",
        "UPDATE vouchers_clarification SET text = 'Something else?'",
        "DELETE FROM vouchers_clarification",
    ],
)
def test_the_database_keeps_what_was_asked_and_what_stood_before(application, officer, change):
    ask(application, officer)
    with pytest.raises(Exception, match=r"[Cc]annot"), transaction.atomic():
        connection.cursor().execute(change)


def test_what_was_answered_is_fixed(application, officer, manager):
    clarification = ask(application, officer)
    save(clarification, "voucher-use", "Two experts.", manager)
    actions.answer_clarification(clarification, by=manager)
    with pytest.raises(IntegrityError, match="what was answered is fixed"), transaction.atomic():
        ClarificationItem.objects.update(text="Three experts.")
    with pytest.raises(OutOfOrder):
        save(clarification, "voucher-use", "Three experts.", manager)


def test_a_late_answer_is_refused_and_kept(client, application, officer, manager):
    clarification = ask(application, officer)
    before = answer_of(application, "voucher-use").text
    item = clarification.items.get(question__key="voucher-use")
    with on(clarification.until + timedelta(seconds=1)):
        log_in(client, manager)
        page = client.post(
            reverse("eligibility:send", args=[clarification.pk]),
            {f"answer_{item.question_id}": "A second too late."},
            headers={"referer": clarification.get_absolute_url()},
            follow=True,
        )
        html = page.content.decode()
        assert "The time to answer has passed." in html
        assert "A second too late." in html
        with pytest.raises(TooLate):
            actions.answer_clarification(clarification, by=manager)
    item.refresh_from_db()
    assert item.text == "A second too late."
    assert answer_of(application, "voucher-use").text == before


def test_an_answer_in_the_last_second_arrives(application, officer, manager):
    clarification = ask(application, officer)
    save(clarification, "voucher-use", "In time.", manager)
    with on(clarification.until - timedelta(seconds=1)):
        actions.answer_clarification(clarification, by=manager)
    assert answer_of(application, "voucher-use").text == "In time."


def test_it_lapses_by_itself_and_both_sides_are_told(client, application, officer, manager):
    clarification = ask(application, officer)
    save(clarification, "voucher-use", "Half an answ", manager)
    assert lapse_clarifications() == 0
    with on(clarification.until + timedelta(seconds=2)):
        assert lapse_clarifications() == 1
        assert lapse_clarifications() == 0
    assert Clarification.objects.get().state == "lapsed"
    assert Notice.objects.get(kind="clarification-lapsed").recipient == officer
    assert Notice.objects.get(kind="clarification-over").recipient == manager
    html = log_in(client, officer).get(clarification.get_absolute_url()).content.decode()
    assert "Half an answ" in html
    assert "the application stands as it was" in html


def test_one_loop_is_the_rule_and_another_needs_a_reason(application, officer, manager):
    clarification = ask(application, officer)
    with pytest.raises(Refused):
        ask(application, officer, again_reason="At once again.")
    save(clarification, "voucher-use", "Two experts.", manager)
    actions.answer_clarification(clarification, by=manager)
    with pytest.raises(Refused, match="why it must be asked once more"):
        ask(application, officer)
    again = ask(application, officer, again_reason="Their days are missing.")
    assert (again.number, again.again_reason) == (2, "Their days are missing.")


def test_nothing_is_decided_while_the_cluster_is_asked(client, application, officer):
    clarification = ask(application, officer)
    address = reverse("eligibility:check", args=[application.pk])
    html = log_in(client, officer).post(address, filled(application)).content.decode()
    assert "The cluster is being asked about its answers" in html
    assert Application.objects.get(pk=application.pk).state == "submitted"
    with on(clarification.until + timedelta(minutes=1)):
        actions.check_eligibility(
            application,
            {
                rule.pk: actions.Verdict("met", "Seen on paper.")
                for rule in application.call.eligibility_rules.all()
            },
            by=officer,
        )
    assert Clarification.objects.get().state == "lapsed"
    assert Application.objects.get(pk=application.pk).state == "eligible"


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
    (row,) = AnswerForm(items=[table_item()]).rows()
    assert [[cell.value for cell in line] for line in row.lines] == [
        ["Expert", "", "900"],
        *[["", "", ""]] * 3,
    ]


def test_a_table_is_read_line_by_line_as_it_was_typed():
    typed = QueryDict(mutable=True)
    typed.update({"lines_5": "4"})
    typed.update({"answer_5_0_activity": "Expert", "answer_5_0_amount": "1 000"})
    typed.update({"answer_5_3_activity": "Travel\x00", "answer_5_3_amount": "a little"})
    form = AnswerForm(typed, items=[table_item()])
    assert form.contents() == {
        5: [
            {"activity": "Expert", "days": "", "amount": "1 000"},
            {"activity": "Travel", "days": "", "amount": "a little"},
        ]
    }


def test_options_are_read_as_their_numbers():
    asked = Question(pk=6, kind=Question.Kind.CHOICES, options="One\nTwo\nThree")
    form = AnswerForm(QueryDict("answer_6=1&answer_6=3"), items=[ClarificationItem(question=asked)])
    assert form.contents() == {6: "1,3"}
