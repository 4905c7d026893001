"""Reports that fit no message of ours: who sees them, until when they wait, and what is kept of them."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from notices import actions
from notices.checks import check_bounces
from notices.models import ReportSeen, SetAsideReport
from tests.notices.making import report
from tests.people import log_in, person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("told", "warned"),
    [
        ({}, ["notices.W001"]),
        ({"BOUNCE_ADDRESS": "b@example.org"}, ["notices.W002"]),
        (
            {"BOUNCE_ADDRESS": "b@example.org", "BOUNCE_MAILBOX": "imap://b:x@mail.example.org/"},
            ["notices.W003"],
        ),
        (
            {"BOUNCE_ADDRESS": "b@example.org", "BOUNCE_MAILBOX": "imaps://b:x@mail.example.org/"},
            [],
        ),
        ({"MAIL_EVENTS_SECRET": "name:a-long-enough-password"}, []),
    ],
)
def test_whoever_deploys_is_told_where_nobody_hears_of_what_comes_back(settings, told, warned):
    for name in ("BOUNCE_ADDRESS", "BOUNCE_MAILBOX", "MAIL_EVENTS_SECRET"):
        setattr(settings, name, told.get(name, ""))
    assert [one.id for one in check_bounces()] == warned


@pytest.fixture
def aside():
    """Three reports that fit nothing: of a stranger, of no report, of another address."""
    actions.take_report(report("<x@elsewhere.org>", to="secret@elsewhere.org"))
    actions.take_report(
        b"From: =?utf-8?b?2YXYrNmH2YjZhA==?= <a@example.org>\r\nSubject: I am on holiday\r\n\r\nBye"
    )
    return SetAsideReport.objects


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("coordinator", 200),
        ("administrator", 200),
        ("auditor", 200),
        ("finance", 404),
        ("assessor", 404),
    ],
)
def test_what_fits_no_message_is_shown_to_who_looks_after_the_portal(aside, role, status):
    client = Client()
    reader = person(role=role)
    log_in(client, reader)
    answer = client.get(reverse("dashboards:reports"))
    assert answer.status_code == status
    found = aside.get(why="unreadable")
    posted = client.post(reverse("dashboards:report_seen", args=[found.pk]))
    assert ReportSeen.objects.exists() == (role in {"coordinator", "administrator"})
    if status == 404:
        assert posted.status_code == 404
        return
    text = answer.content.decode()
    assert "the portal did not send" in text
    assert "secret@elsewhere.org" not in text
    assert "مجهول &lt;a@example.org&gt; · I am on holiday" in text


def test_it_waits_on_the_desk_until_somebody_has_looked(aside, client):
    coordinator = person(role="coordinator", name="Cora")
    log_in(client, coordinator)
    words = "Look through reports of mail servers that fit no message"
    assert words in client.get("/").content.decode()
    for one in aside.all():
        assert actions.mark_report_seen(one, by=coordinator) is True
        assert actions.mark_report_seen(one, by=coordinator) is False
    assert words not in client.get("/").content.decode()
    address = reverse("dashboards:reports")
    assert "I am on holiday" in client.get(f"{address}?seen=yes&why=unreadable").content.decode()
    assert "I am on holiday" not in client.get(f"{address}?seen=no").content.decode()


def test_what_a_report_says_never_changes_and_is_looked_at_once(aside):
    one = aside.first()
    actions.mark_report_seen(one, by=person(role="administrator"))
    for change in (
        lambda: SetAsideReport.objects.filter(pk=one.pk).update(words="x"),
        lambda: ReportSeen.objects.filter(report=one).update(by=person()),
        lambda: ReportSeen.objects.filter(report=one).delete(),
    ):
        with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
            change()
