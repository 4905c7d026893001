"""The inbox: what is new, what it is about, and whether it came by e-mail."""

from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from accounts.models import User
from conduct.queries.days import day_of
from documents.wording import day, for_readers_in
from notices.actions import choose_delivery, notify
from notices.actions.sending import send_notice
from notices.models import Notice
from tests.people import log_in, person

pytestmark = pytest.mark.django_db

PLAN = {"reference": "SUV-2026-LB-0001", "cluster": "QOOT Cluster", "reason": "Name the people."}


def told(recipient, kind="plan-approved", **facts):
    notice = notify(recipient, kind, facts={**PLAN, **facts}, url="/")
    send_notice(notice.pk)
    return Notice.objects.get(pk=notice.pk)


def subjects(response):
    return [notice.subject for notice in response.context["page"]]


def test_new_notices_are_counted_in_the_head_and_can_be_shown_alone(client):
    rana = person()
    read, new = told(rana), told(rana, "plan-returned")
    client = log_in(client, rana)
    client.get(f"/notices/{read.pk}/")
    page = client.get("/notices/", {"unread": "on"})
    assert subjects(page) == [new.subject]
    assert '<span class="count">1<' in page.content.decode()


def test_a_notice_can_be_marked_as_read_and_unread_where_it_stands_in_the_list(client):
    rana = person()
    notice = told(rana)
    client = log_in(client, rana)
    came_from = "http://testserver/notices/?unread=on"
    answer = client.post(f"/notices/{notice.pk}/seen/", headers={"referer": came_from})
    assert answer["Location"] == came_from
    assert Notice.objects.get().seen_at
    client.post(f"/notices/{notice.pk}/unseen/")
    assert Notice.objects.get().seen_at is None


def test_nobody_marks_the_notices_of_another(client):
    notice = told(person())
    client = log_in(client, person())
    for page in ("seen", "unseen"):
        assert client.post(f"/notices/{notice.pk}/{page}/").status_code == 404


def test_notices_are_found_by_topic_and_by_what_they_say(client):
    rana = person()
    plan = told(rana, "plan-returned")
    paid = told(rana, "claim-paid", amount="100.00", payable="100.00", milestone="Export plan")
    client = log_in(client, rana)
    assert subjects(client.get("/notices/", {"topic": "payments"})) == [paid.subject]
    assert subjects(client.get("/notices/", {"text": "name the people"})) == [plan.subject]
    nothing = client.get("/notices/", {"text": "zebra"})
    assert subjects(nothing) == []
    assert "No notice fits" in nothing.content.decode()


def test_each_notice_says_how_it_came(client):
    rana = person()
    sent = told(rana)
    choose_delivery(rana, {"assistance": "portal"}, by=rana)
    told(rana, "plan-returned")
    choose_delivery(rana, {"assistance": "digest"}, by=rana)
    told(rana, "report-returned")
    failed = notify(rana, "claim-paid", facts={**PLAN, "amount": "1.00", "claimed": "1.00"})
    Notice.objects.filter(pk=failed.pk).update(subject="Paid", state="failed")
    page = log_in(client, rana).get("/notices/").content.decode()
    brussels = sent.sent_at.astimezone(ZoneInfo("Europe/Brussels"))
    assert f"sent by e-mail on {brussels.strftime('%-d %B %Y, %H:%M')}" in page
    assert "only here, not by e-mail" in page
    assert "comes with others in one e-mail on" in page
    assert "could not be sent by e-mail" in page


def test_a_long_list_has_pages_and_costs_the_same_as_a_short_one(client, django_assert_num_queries):
    rana = person()
    told(rana)
    client = log_in(client, rana)
    with django_assert_num_queries(8):
        client.get("/notices/")
    for number in range(24):
        told(rana, reference=f"SUV-2026-LB-{number:04d}")
    with django_assert_num_queries(8):
        first = client.get("/notices/")
    assert len(first.context["page"]) == 20
    assert len(client.get("/notices/", {"page": 2}).context["page"]) == 5


def test_an_arabic_inbox_names_the_month_as_letters_do(client):
    rana = person(language="ar")
    User.objects.filter(pk=rana.pk).update(time_zone="Asia/Beirut")
    beirut = told(rana).created_at.astimezone(ZoneInfo("Asia/Beirut"))
    page = log_in(client, User.objects.get(pk=rana.pk)).get("/notices/").content.decode()
    with override("ar"), for_readers_in("LB"):
        assert f"{day(day_of(beirut, beirut.tzinfo))}، {beirut:%H:%M}" in page
