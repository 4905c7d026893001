"""What the database itself holds of a clarification."""

import pytest
from django.db import IntegrityError, connection, transaction

from conduct.actions import OutOfOrder
from notices.models import Notice
from tests.eligibility.asking import (
    answer_of,
    application,
    ask,
    manager,
    officer,
    question,
    save,
    story,
)
from tests.making import LB_SECOND, pdf
from vouchers.applications.models import Answer, Attachment
from vouchers.eligibility import actions
from vouchers.eligibility.models import Clarification, ClarificationItem

__all__ = ["application", "manager", "officer", "story"]

pytestmark = pytest.mark.django_db


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
