"""A thread for each application: the cluster and its country partner write, others read or do not."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.test import Client
from django.utils import timezone

from clusters.models import Representative
from conduct.actions import NotAllowed, Refused
from notices.actions.sending import send_notice
from notices.models import Notice
from tests.making import LB, MA, applied_story, open_story
from tests.people import log_in, person
from vouchers.applications.models import Application, Recusal
from vouchers.correspondence.actions import send_message
from vouchers.correspondence.models import LONGEST_MESSAGE, Message, ReadMark

pytestmark = pytest.mark.django_db

TOO_LONG = "x" * (LONGEST_MESSAGE + 1)


@pytest.fixture
def story(request):
    return applied_story() if "application" in request.fixturenames else open_story()


@pytest.fixture
def application(story):
    return story.call.applications.get()


def address(application):
    return f"/correspondence/applications/{application.pk}/"


def represent(application, level):
    user = person()
    Representative.objects.create(cluster=application.cluster, user=user, level=level)
    return user


def post(client, application, text, **more):
    return client.post(address(application), {"text": text, "key": uuid4(), **more})


def test_the_cluster_writes_and_the_officer_answers(client, story, application, mailoutbox):
    manager, officer = application.submitted_by, story.cast.officer("LB")
    post(log_in(client, manager), application, "May we send a newer budget?")
    asked = Notice.objects.get(kind="message-received")
    assert asked.recipient == officer
    assert asked.url == f"{address(application)}#reply"
    send_notice(asked.pk)
    assert "May we send a newer budget?" in mailoutbox[-1].body

    page = log_in(client, officer).get(asked.url).content.decode()
    assert "May we send a newer budget?" in page
    answer = post(client, application, "Yes, until Friday.")
    assert answer["Location"] == f"{address(application)}#latest"
    told = Notice.objects.get(kind="message-received", recipient=manager)
    assert told.facts["text"] == "Yes, until Friday."
    assert list(Message.objects.values_list("side", flat=True)) == ["cluster", "partner"]


def test_nobody_is_told_of_their_own_message(story, application):
    colleague = represent(application, "editor")
    send_message(application, "We add a member.", by=application.submitted_by)
    told = Notice.objects.filter(kind="message-received").values_list("recipient", flat=True)
    assert list(told) == [story.cast.officer("LB").pk]
    send_message(application, "Good.", by=story.cast.officer("LB"))
    told = Notice.objects.filter(kind="message-received", facts__text="Good.")
    assert set(told.values_list("recipient", flat=True)) == {
        colleague.pk,
        application.submitted_by.pk,
    }


def test_who_reads_and_who_writes(story, application):
    send_message(application, "Hello.", by=application.submitted_by)
    readers = {
        "reader of the cluster": represent(application, "reader"),
        "coordinator": story.cast.coordinators[0],
        "auditor": person(role="auditor"),
    }
    for who, user in readers.items():
        client = log_in(Client(), user)
        page = client.get(address(application)).content.decode()
        assert "Hello." in page, who
        assert 'id="reply"' not in page, who
        assert post(client, application, "Mine.").status_code == 403, who
    assert Message.objects.count() == 1


def test_assessors_and_strangers_do_not_find_it(story, application):
    story.check(application)
    story.assign(application, 2)
    send_message(application, "Hello.", by=application.submitted_by)
    other = story.apply(MA)
    strangers = [
        *story.cast.assessors,
        story.cast.officer("MA"),
        other.submitted_by,
        story.cast.finance[0],
    ]
    for user in strangers:
        client = log_in(Client(), user)
        assert client.get(address(application)).status_code == 404
        assert post(client, application, "Mine.").status_code == 404


def test_a_recused_officer_neither_reads_nor_is_told(story, application):
    officer = story.cast.officer("LB")
    Recusal.objects.create(application=application, person=officer, reason="A cousin.")
    send_message(application, "Hello.", by=application.submitted_by)
    assert not Notice.objects.filter(kind="message-received").exists()
    assert log_in(Client(), officer).get(address(application)).status_code == 404
    with pytest.raises(NotAllowed):
        send_message(application, "Hello.", by=officer)


def test_a_refused_message_stays_in_the_box(client, application):
    client = log_in(client, application.submitted_by)
    page = post(client, application, TOO_LONG).content.decode()
    assert TOO_LONG in page
    assert "The text has 6001 characters; at most 6000 fit." in page
    assert "Write something first." in post(client, application, "  ").content.decode()
    assert not Message.objects.exists()


def test_with_htmx_the_thread_alone_is_answered(client, application):
    client = log_in(client, application.submitted_by)
    answer = client.post(
        address(application), {"text": "Hello.", "key": uuid4()}, headers={"HX-Request": "true"}
    )
    page = answer.content.decode()
    assert page.lstrip().startswith('<section class="panel thread" id="thread"')
    assert "Your message is sent." in page
    assert "Hello." in page


def test_a_double_click_on_send_is_one_message(client, application):
    client, key = log_in(client, application.submitted_by), uuid4()
    for _click in range(2):
        answer = client.post(address(application), {"text": "Hello.", "key": key})
        assert answer.status_code == 302
    assert Message.objects.count() == 1
    assert Notice.objects.filter(kind="message-received").count() == 1


def test_the_database_keeps_messages_as_they_were_sent(application):
    message = send_message(application, "Hello.", by=application.submitted_by)
    for change in (
        lambda: Message.objects.update(text="Goodbye."),
        lambda: message.delete(),
    ):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            change()
    assert Message.objects.get().text == "Hello."


def test_a_draft_has_no_thread_yet_and_says_where_to_ask(client, story):
    draft = story.apply(LB, send=False)
    with pytest.raises(Refused, match="once the application is sent"):
        send_message(draft, "Hello.", by=draft.started_by)
    page = log_in(client, draft.started_by).get(address(draft)).content.decode()
    assert "Ask about the call" in page


def test_a_withdrawn_application_is_closed_for_messages(application):
    Application.objects.filter(pk=application.pk).update(state="withdrawn")
    application.refresh_from_db()
    with pytest.raises(Refused, match="withdrawn"):
        send_message(application, "Hello.", by=application.submitted_by)


def test_new_messages_are_marked_for_each_person_until_they_open_the_thread(
    client, story, application
):
    officer, manager = story.cast.officer("LB"), application.submitted_by
    send_message(application, "One.", by=manager)
    send_message(application, "Two.", by=manager)
    client = log_in(client, officer)
    assert (
        '<span class="count">2<' in client.get(f"/applications/{application.pk}/").content.decode()
    )
    assert "Answer messages of clusters" in client.get("/").content.decode()
    assert client.get(address(application)).content.decode().count("state-waiting") == 2
    assert "state-waiting" not in client.get(address(application)).content.decode()
    assert ReadMark.objects.get(person=officer).last_read.text == "Two."
    page = client.get(f"/applications/{application.pk}/").content.decode()
    assert '<span class="count">2<' not in page
    # What was read in place is no new notice any more either.
    assert not Notice.objects.filter(
        recipient=officer, kind="message-received", seen_at=None
    ).exists()


def test_an_officer_settles_what_needs_no_answer_until_the_cluster_writes_again(
    client, story, application
):
    manager = application.submitted_by
    send_message(application, "Thank you!", by=manager)
    client = log_in(client, story.cast.officer("LB"))
    assert "No answer needed" in client.get(address(application)).content.decode()
    client.post(f"{address(application)}settle/")
    client.get(address(application))
    assert "Answer messages of clusters" not in client.get("/").content.decode()
    send_message(application, "One more thing.", by=manager)
    assert "Answer messages of clusters" in client.get("/").content.decode()
    assert log_in(Client(), manager).post(f"{address(application)}settle/").status_code == 403


def test_the_home_of_the_cluster_says_that_the_partner_wrote(client, story, application):
    send_message(application, "Please call us.", by=story.cast.officer("LB"))
    client = log_in(client, application.submitted_by)
    assert f"wrote to you about {application.reference}" in client.get("/").content.decode()
    client.get(address(application))
    assert f"wrote to you about {application.reference}" not in client.get("/").content.decode()


def test_the_page_of_the_application_shows_the_last_messages_and_the_box(client, application):
    for number in range(5):
        send_message(application, f"Message {number}.", by=application.submitted_by)
    page = log_in(client, application.submitted_by).get(f"/applications/{application.pk}/")
    html = page.content.decode()
    assert [number for number in range(5) if f"Message {number}." in html] == [2, 3, 4]
    assert 'id="reply"' in html
    assert "Earlier messages" in html


def test_a_long_thread_has_pages_and_costs_the_same(client, application, django_assert_num_queries):
    manager = application.submitted_by
    send_message(application, "Message 0.", by=manager)
    client = log_in(client, manager)
    client.get(address(application))
    with django_assert_num_queries(10):
        client.get(address(application))
    for number in range(1, 23):
        Message.objects.create(
            application=application,
            author=manager,
            side="cluster",
            text=f"Message {number}.",
            sent_at=timezone.now(),
        )
    client.get(address(application))
    with django_assert_num_queries(10):
        newest = client.get(address(application)).content.decode()
    assert "Message 22." in newest
    assert "Message 2." not in newest
    assert "Message 2." in client.get(address(application), {"page": 2}).content.decode()


def test_the_list_of_threads_is_scoped_and_costs_the_same(
    client, story, application, django_assert_num_queries
):
    other = story.apply(MA)
    send_message(application, "Hello.", by=application.submitted_by)
    send_message(other, "Bonjour.", by=other.submitted_by)
    client = log_in(client, story.cast.officer("LB"))
    with django_assert_num_queries(8):
        page = client.get("/correspondence/applications/?waiting=1")
    assert list(page.context["page"]) == [application]
    assert "from the cluster" in page.content.decode()
    client = log_in(client, story.cast.coordinators[0])
    page = client.get("/correspondence/applications/")
    assert list(page.context["page"]) == [other, application]
