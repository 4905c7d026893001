"""A thread for each voucher: cluster, partner and coordinators write; assessors never find it."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from clusters.models import Representative
from conduct.actions import NotAllowed, Refused
from notices.actions.sending import send_notice
from notices.models import Notice
from notices.wording.topics import Topic
from tests.making import applied_story, voucher_story
from tests.people import log_in, person
from vouchers.applications.models import Recusal
from vouchers.correspondence.actions import send_message, send_voucher_message
from vouchers.correspondence.models import LONGEST_MESSAGE, About, Message
from vouchers.correspondence.queries import threads_to_answer, unread_messages
from vouchers.standing.actions import judge_outdated

pytestmark = pytest.mark.django_db

KIND = "message-about-voucher"


@pytest.fixture
def told():
    return voucher_story()


@pytest.fixture
def application(told):
    return told.voucher.award.application


def address(told):
    return f"/correspondence/vouchers/{told.voucher.pk}/"


def page_of(told):
    return f"/vouchers/{told.voucher.pk}/"


def post(client, told, text, **more):
    return client.post(address(told), {"text": text, "key": uuid4(), **more})


def test_the_cluster_writes_and_the_officer_and_a_coordinator_answer(
    client, told, application, mailoutbox
):
    coordinator = told.cast.coordinators[0]
    post(log_in(client, told.manager), told, "May the consultant come in May?")
    asked = Notice.objects.get(kind=KIND)
    assert (asked.recipient, asked.topic) == (told.officer, Topic.QUESTIONS)
    assert asked.url == f"{address(told)}#reply"
    send_notice(asked.pk)
    assert f"about voucher {told.voucher.reference}" in mailoutbox[-1].body
    assert "May the consultant come in May?" in mailoutbox[-1].body

    answer = post(log_in(client, told.officer), told, "Yes, if the plan says so.")
    assert answer["Location"] == f"{address(told)}#latest"
    assert set(_told("Yes, if the plan says so.")) == {told.manager.pk}
    post(log_in(client, coordinator), told, "The call allows it.")
    assert set(_told("The call allows it.")) == {told.manager.pk, told.officer.pk}
    # Who joined in is told from then on; the other coordinator is not.
    post(log_in(client, told.manager), told, "Thank you both.")
    assert set(_told("Thank you both.")) == {told.officer.pk, coordinator.pk}
    assert list(Message.objects.values_list("side", flat=True)) == [
        "cluster",
        "partner",
        "programme",
        "cluster",
    ]
    page = log_in(client, told.manager).get(address(told)).content.decode()
    assert "Coordination of the programme" in page


def _told(text):
    return Notice.objects.filter(kind=KIND, facts__text=text).values_list("recipient", flat=True)


def test_who_reads_and_who_writes(told, application):
    send_voucher_message(application, "Hello.", by=told.manager)
    reader = person()
    Representative.objects.create(cluster=application.cluster, user=reader, level="reader")
    for who, user in {"reader": reader, "auditor": person(role="auditor")}.items():
        client = log_in(Client(), user)
        page = client.get(address(told)).content.decode()
        assert "Hello." in page, who
        assert 'id="reply"' not in page, who
        assert post(client, told, "Mine.").status_code == 403, who
    assert Message.objects.count() == 1


def test_assessors_finance_and_strangers_do_not_find_it(told, application):
    send_voucher_message(application, "Hello.", by=told.manager)
    strangers = {
        "assessor": told.cast.assessors[0],
        "finance officer": told.cast.finance[0],
        "officer of another country": told.cast.officer("MA"),
        "nobody": person(),
    }
    for who, user in strangers.items():
        client = log_in(Client(), user)
        assert client.get(address(told)).status_code == 404, who
        assert post(client, told, "Mine.").status_code == 404, who
        assert client.post(f"{address(told)}settle/").status_code == 404, who
        assert "Hello." not in client.get("/correspondence/vouchers/").content.decode(), who
        with pytest.raises(NotAllowed):
            send_voucher_message(application, "Mine.", by=user)
    # A finance officer pays the voucher: its page says nothing of what was written.
    page = log_in(Client(), told.cast.finance[0]).get(page_of(told)).content.decode()
    assert "Hello." not in page
    assert 'id="messages"' not in page


@pytest.mark.parametrize("who", ["officer", "coordinator"])
def test_a_conflict_of_interest_shuts_out_of_it(told, application, who):
    user = told.officer if who == "officer" else told.cast.coordinators[0]
    send_voucher_message(application, "From before.", by=user)
    Recusal.objects.create(application=application, person=user, reason="My sister.")
    send_voucher_message(application, "Hello.", by=told.manager)
    assert not _told("Hello.").filter(recipient=user).exists()
    client = log_in(Client(), user)
    assert client.get(address(told)).status_code == 404
    assert not unread_messages(user, About.VOUCHER).exists()
    with pytest.raises(NotAllowed):
        send_voucher_message(application, "Mine.", by=user)
    with pytest.raises(IntegrityError, match="conflict of interest"), transaction.atomic():
        Message.objects.create(
            application=application, about="voucher", author=user, side="partner", text="Mine."
        )


def test_two_threads_keep_apart(client, told, application):
    send_message(application, "About the application.", by=told.manager)
    send_voucher_message(application, "About the voucher.", by=told.manager)
    client = log_in(client, told.officer)
    page = client.get(address(told)).content.decode()
    assert "About the voucher." in page
    assert "About the application." not in page
    # Reading one leaves the other unread.
    assert [one.text for one in unread_messages(told.officer)] == ["About the application."]
    assert not unread_messages(told.officer, About.VOUCHER).exists()
    assert not Notice.objects.filter(recipient=told.officer, kind=KIND, seen_at=None).exists()
    assert Notice.objects.filter(kind="message-received", seen_at=None).count() == 1
    other = client.get(f"/correspondence/applications/{application.pk}/").content.decode()
    assert "About the voucher." not in other


def test_the_page_of_the_voucher_shows_it_folded_with_the_number_unread(client, told, application):
    for number in range(5):
        send_voucher_message(application, f"Message {number}.", by=told.manager)
    client = log_in(client, told.officer)
    page = client.get(page_of(told)).content.decode()
    folded = page[page.index('id="messages"') :]
    assert '<details class="panel folded-thread" id="messages">' in page
    assert '<span class="count">5<' in folded[: folded.index("</summary>")]
    assert [number for number in range(5) if f"Message {number}." in page] == [2, 3, 4]
    assert f'action="{address(told)}"' in page
    client.get(address(told))
    page = client.get(page_of(told)).content.decode()
    assert '<span class="count">' not in page[page.index('id="messages"') :].split("</summary>")[0]


def test_the_worklist_of_the_officer_counts_both_kinds(client, told, application):
    send_message(application, "About the application.", by=told.manager)
    send_voucher_message(application, "About the voucher.", by=told.manager)
    client = log_in(client, told.officer)
    home = client.get("/").content.decode()
    assert "Answer messages of clusters" in home
    assert "Answer messages of clusters about vouchers" in home
    assert f"{address(told)}#reply" in home
    waiting = client.get("/correspondence/vouchers/?waiting=1").content.decode()
    assert address(told) in waiting
    client.post(f"{address(told)}settle/")
    assert not threads_to_answer(told.officer, About.VOUCHER).exists()
    assert list(threads_to_answer(told.officer)) == [application]
    assert "Answer messages of clusters about vouchers" not in client.get("/").content.decode()


def test_the_home_of_the_cluster_says_that_somebody_wrote(client, told, application):
    send_voucher_message(application, "Please call us.", by=told.cast.coordinators[0])
    client = log_in(client, told.manager)
    said = f"You were written to about the voucher {told.voucher.reference}."
    assert said in client.get("/").content.decode()
    client.get(address(told))
    assert said not in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Write something first."),
        ("fr", "Écrivez d’abord quelque chose."),
        ("ar", "اكتبوا شيئًا أولًا."),
    ],
)
def test_an_empty_message_is_refused_in_the_language_of_the_reader(client, told, language, said):
    User.objects.filter(pk=told.manager.pk).update(language=language)
    client = log_in(client, User.objects.get(pk=told.manager.pk))
    page = post(client, told, " \n ", short="1").content.decode()
    assert said in page
    assert not Message.objects.exists()


def test_what_is_too_long_stays_in_the_box(client, told):
    text = "x" * (LONGEST_MESSAGE + 1)
    page = post(log_in(client, told.manager), told, text).content.decode()
    assert text in page
    assert "The text has 6001 characters; at most 6000 fit." in page


def test_with_htmx_the_short_thread_is_answered_on_the_voucher_page(client, told):
    client = log_in(client, told.manager)
    answer = client.post(
        address(told),
        {"text": "Hello.", "key": uuid4(), "short": "1"},
        headers={"HX-Request": "true"},
    ).content.decode()
    assert answer.lstrip().startswith('<section class="panel thread" id="thread"')
    assert "Your message is sent." in answer
    assert "Hello." in answer


def test_a_double_click_on_send_is_one_message(client, told):
    client, key = log_in(client, told.manager), uuid4()
    for _click in range(2):
        assert client.post(address(told), {"text": "Hello.", "key": key}).status_code == 302
    assert Message.objects.count() == 1
    assert Notice.objects.filter(kind=KIND).count() == 1


def test_without_a_voucher_there_is_nothing_to_write_about(client):
    application = applied_story().call.applications.get()
    with pytest.raises(Refused, match="no voucher yet"):
        send_voucher_message(application, "Hello.", by=application.submitted_by)
    with pytest.raises(IntegrityError, match="no voucher was issued"), transaction.atomic():
        Message.objects.create(
            application=application,
            about="voucher",
            author=application.submitted_by,
            side="cluster",
            text="Hello.",
        )


def test_a_coordinator_only_reads_about_applications(told, application):
    with pytest.raises(NotAllowed):
        send_message(application, "Hello.", by=told.cast.coordinators[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(
            application=application,
            author=told.cast.coordinators[0],
            side="programme",
            text="Hello.",
        )


def test_the_list_costs_the_same_however_long(client, told, django_assert_num_queries):
    send_voucher_message(told.voucher.award.application, "One.", by=told.manager)
    judge_outdated()
    client = log_in(client, told.cast.coordinators[0])
    client.get("/correspondence/vouchers/")
    with django_assert_num_queries(8):
        page = client.get("/correspondence/vouchers/")
    assert [one.award.voucher for one in page.context["page"]] == [told.voucher]
