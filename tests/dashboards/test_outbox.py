"""Whether a message reached a cluster: looked up, and sent again, by who looks after it."""

import pytest
from django.test import Client

from notices.actions.sending import send_notice
from notices.models import Notice
from tests.making import LB, MA, awarded
from tests.people import log_in, person
from vouchers.applications.models import Recusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """A decided call with an award in Lebanon and one in Morocco; everything written is failed."""
    story, awards = awarded(LB, MA)
    for notice in Notice.objects.all():
        Notice.objects.filter(pk=notice.pk).update(subject=f"{notice.kind} for {notice.recipient}")
    Notice.objects.filter(kind="award-offered").update(state="failed", last_error="Mailbox full")
    return story, awards


def listed(user, **filters):
    page = log_in(Client(), user).get("/outbox/", filters)
    return {(notice.kind, notice.recipient.email) for notice in page.context["page"]}


def manager(award):
    return award.application.cluster.representatives.get().user


def test_an_officer_looks_up_what_the_clusters_of_the_country_were_sent(told):
    story, (lebanese, moroccan) = told
    found = listed(story.cast.officer("LB"))
    assert ("award-offered", manager(lebanese).email) in found
    assert ("application-received", manager(lebanese).email) in found
    assert {email for _kind, email in found} == {manager(lebanese).email}
    # There is something to leak.
    assert Notice.objects.filter(recipient=manager(moroccan)).exists()


def test_coordinators_and_auditors_look_up_every_country(told):
    story, awards = told
    both = {manager(award).email for award in awards}
    for user in (story.cast.coordinators[0], person(role="auditor")):
        assert {email for _kind, email in listed(user)} == both


def test_what_assessors_and_officers_were_sent_is_nobodys_business_here(told):
    story, _awards = told
    kinds = {kind for kind, _email in listed(story.cast.coordinators[0])}
    assert Notice.objects.filter(kind="scoring-assigned").exists()
    assert not kinds & {"scoring-assigned", "application-arrived"}


def test_a_recused_officer_finds_nothing_about_the_application(told):
    story, (lebanese, _moroccan) = told
    officer = story.cast.officer("LB")
    Recusal.objects.create(application=lebanese.application, person=officer, reason="A cousin.")
    assert listed(officer) == set()


def test_others_do_not_find_the_page(told):
    story, (lebanese, _moroccan) = told
    for user in (manager(lebanese), story.cast.assessors[0], story.cast.finance[0]):
        assert log_in(Client(), user).get("/outbox/").status_code == 404


def test_the_list_is_searched_by_person_and_by_delivery(told):
    story, (_lebanese, moroccan) = told
    coordinator = story.cast.coordinators[0]
    assert listed(coordinator, state="failed", text=manager(moroccan).email) == {
        ("award-offered", manager(moroccan).email)
    }


def test_a_failed_message_waits_on_the_desk_and_is_sent_again(told, mailoutbox):
    story, (lebanese, _moroccan) = told
    officer = story.cast.officer("LB")
    failed = Notice.objects.get(kind="award-offered", recipient=manager(lebanese))
    client = log_in(Client(), officer)
    assert "Look after messages that could not be sent" in client.get("/").content.decode()
    client.post(f"/outbox/{failed.pk}/again/")
    again = Notice.objects.get(pk=failed.pk)
    assert (again.state, again.attempts) == ("pending", 0)
    again.documents.clear()
    assert send_notice(failed.pk) is True
    assert [message.to for message in mailoutbox] == [[manager(lebanese).email]]
    # What was sent is not sent twice.
    client.post(f"/outbox/{failed.pk}/again/")
    assert Notice.objects.get(pk=failed.pk).state == "sent"


def test_an_auditor_only_looks(told):
    failed = Notice.objects.filter(kind="award-offered").first()
    client = log_in(Client(), person(role="auditor"))
    assert client.post(f"/outbox/{failed.pk}/again/").status_code == 403
    assert Notice.objects.get(pk=failed.pk).state == "failed"


def test_another_countrys_message_is_not_there(told):
    story, (lebanese, _moroccan) = told
    failed = Notice.objects.get(kind="award-offered", recipient=manager(lebanese))
    client = log_in(Client(), story.cast.officer("MA"))
    assert client.post(f"/outbox/{failed.pk}/again/").status_code == 404


def test_the_list_costs_the_same_for_many_as_for_few(told, django_assert_num_queries):
    story, (lebanese, _moroccan) = told
    client = log_in(Client(), story.cast.coordinators[0])
    client.get("/outbox/")
    with django_assert_num_queries(8):
        client.get("/outbox/")
    one = Notice.objects.get(kind="award-offered", recipient=manager(lebanese))
    for number in range(15):
        Notice.objects.create(
            recipient=one.recipient,
            kind=one.kind,
            topic=one.topic,
            subject=f"Award {number}",
            content_type=one.content_type,
            object_id=one.object_id,
        )
    with django_assert_num_queries(8):
        client.get("/outbox/")
