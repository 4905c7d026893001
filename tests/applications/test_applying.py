"""Writing an application and sending it: nothing typed is lost, nothing late is taken."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from clusters.models import Representative
from conduct.actions import NotAllowed, Refused, TooLate
from conduct.queries.clock import moved_by
from demonstration.clock import on
from documents.models import Document
from notices.models import Notice
from tests.making import LB, LB_SECOND, MA, applied_story, fill_in, open_story, pdf
from tests.people import log_in, person
from vouchers.applications import actions
from vouchers.applications.models import Answer, Application
from vouchers.calls.models import Call, Question

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(request):
    return applied_story(stage="begun") if "draft" in request.fixturenames else open_story()


@pytest.fixture
def draft(story):
    return story.call.applications.get()


def answers(application, text):
    asked = application.call.questions.exclude(kind=Question.Kind.FILE)
    return {question.pk: text for question in asked}


def file_question(application):
    return application.call.questions.get(kind=Question.Kind.FILE)


def test_references_have_no_gaps_by_country(story):
    sent = [story.apply(facts) for facts in (LB, MA, LB_SECOND)]
    year = story.call.year
    assert [application.reference for application in sent] == [
        f"SUV-{year}-LB-0001",
        f"SUV-{year}-MA-0001",
        f"SUV-{year}-LB-0002",
    ]


def test_a_refused_sending_takes_no_number(story, draft):
    with pytest.raises(Refused):
        actions.submit_application(draft, signing=story.signing(LB), by=draft.started_by)
    other = story.apply(LB_SECOND)
    assert other.reference.endswith("LB-0001")


def test_what_arrives_is_acknowledged_and_the_partner_told(story):
    application = story.apply(LB)
    letters = Document.objects.filter(kind="acknowledgement")
    assert sorted(letters.values_list("language", flat=True)) == ["ar", "en", "fr"]
    kinds = Notice.objects.values_list("recipient__email", "kind")
    assert sorted(kinds) == sorted(
        [
            (application.submitted_by.email, "application-received"),
            ("officer.lb@example.org", "application-arrived"),
        ]
    )


@pytest.mark.parametrize(("late_by", "accepted"), [(-1, True), (0, False), (1, False)])
def test_the_deadline_is_an_instant(story, draft, late_by, accepted):
    fill_in(story, draft)
    with on(story.call.deadline + timedelta(seconds=late_by)):
        if accepted:
            actions.submit_application(draft, signing=story.signing(LB), by=draft.started_by)
        else:
            with pytest.raises(TooLate, match="Your draft stays"):
                actions.submit_application(draft, signing=story.signing(LB), by=draft.started_by)
    expected = Application.State.SUBMITTED if accepted else Application.State.DRAFT
    assert Application.objects.get(pk=draft.pk).state == expected
    assert Answer.objects.filter(application=draft).count() == 10


def test_the_databases_clock_judges_whatever_the_machine_believes(story, draft, monkeypatch):
    fill_in(story, draft)
    # A web server whose clock is slow: another one would refuse, or take, what this one does.
    slow = timezone.now()
    with moved_by(story.call.deadline - slow):
        monkeypatch.setattr(timezone, "now", lambda: slow)
        with pytest.raises(TooLate, match="Your draft stays"):
            actions.submit_application(draft, signing=story.signing(LB), by=draft.started_by)
    assert Application.objects.get(pk=draft.pk).state == Application.State.DRAFT


def test_a_draft_with_gaps_is_kept_and_told_what_is_missing(client, draft):
    page = log_in(client, draft.started_by).get(reverse("applications:review", args=[draft.pk]))
    html = page.content.decode()
    assert "How shall it grow" in html
    assert "Not answered yet." in html
    answer = client.post(reverse("applications:submit", args=[draft.pk]), follow=True)
    assert "Before you can send it" in answer.content.decode()
    assert Application.objects.get(pk=draft.pk).state == Application.State.DRAFT


def test_typing_is_saved_by_itself(client, draft):
    question = draft.call.questions.get(key="voucher-use")
    log_in(client, draft.started_by)
    answer = client.post(
        reverse("applications:save", args=[draft.pk]),
        {f"answer_{question.pk}": "Half a sent", f"seen_{question.pk}": "0"},
    )
    assert answer.status_code == 200
    assert Answer.objects.get(application=draft, question=question).text == "Half a sent"


def test_two_people_on_one_draft_are_warned_and_both_texts_shown(client, draft):
    colleague = person("colleague@example.org")
    Representative.objects.create(cluster=draft.cluster, user=colleague, level="editor")
    first = draft.call.questions.first()
    actions.save_answers(draft, {first.pk: "Theirs"}, seen={first.pk: 1}, by=colleague)
    log_in(client, draft.started_by)
    typed = {f"answer_{first.pk}": "Mine", f"seen_{first.pk}": "1"}
    page = client.post(reverse("applications:section", args=[draft.pk, 1]), typed)
    html = page.content.decode()
    assert "Theirs" in html
    assert "Mine" in html
    assert Answer.objects.get(application=draft, question=first).text == "Theirs"


def test_a_file_too_large_is_refused(story, draft):
    Call.objects.filter(pk=story.call.pk).update(max_file_size=10)
    draft.call.refresh_from_db()
    with pytest.raises(Refused, match="at most"):
        actions.attach_file(draft, file_question(draft), pdf(), by=draft.started_by)


def test_files_lie_under_random_names_and_open_to_their_own_people_only(client, story):
    application = story.apply(LB)
    attachment = application.attachments.get()
    assert "statutes" not in attachment.file.name
    address = reverse("applications:attachment", args=[attachment.pk])
    allowed = log_in(client, story.cast.officer("LB")).get(address)
    assert allowed["Content-Disposition"] == 'attachment; filename="statutes.pdf"'
    for stranger in (story.cast.officer("MA"), story.cast.assessors[0], person()):
        assert log_in(client, stranger).get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_a_reader_of_the_cluster_reads_and_writes_nothing(client, draft):
    reader = person("reader@example.org")
    Representative.objects.create(cluster=draft.cluster, user=reader, level="reader")
    log_in(client, reader)
    assert client.get(draft.get_absolute_url()).status_code == 200
    assert client.get(reverse("applications:edit", args=[draft.pk])).status_code == 403
    with pytest.raises(NotAllowed):
        actions.save_answers(draft, answers(draft, "x"), seen={}, by=reader)


def test_staff_do_not_see_drafts(client, story, draft):
    for member in (story.cast.officer("LB"), story.cast.coordinators[0]):
        assert log_in(client, member).get(draft.get_absolute_url()).status_code == 404


def test_a_cluster_applies_once_to_a_call(story):
    application = story.apply(LB)
    with pytest.raises(Refused, match="already"):
        actions.start_application(
            story.call, application.cluster, language="en", by=application.submitted_by
        )
