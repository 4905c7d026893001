"""What servers report of messages: kept once, matched to our own alone, and shown where it matters."""

from __future__ import annotations

from base64 import b64encode

import pytest
from anymail.signals import AnymailTrackingEvent, tracking
from django.db import IntegrityError, transaction
from django.utils import timezone

from conduct.actions import OutOfOrder, Refused
from notices import actions
from notices.actions.sending import send_notice
from notices.models import DeliveryEvent, Notice, SetAsideReport
from notices.queries import bounces_of, notices_of, that_came_back
from tests.notices.making import FACTS, events_of, report
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(mailoutbox):
    notice = actions.notify(
        person("nadine@example.org"), "plan-approved", facts=FACTS, url="/vouchers/"
    )
    assert send_notice(notice.pk) is True
    return Notice.objects.get(pk=notice.pk)


def id_of(notice):
    return f"<notice-{notice.pk}@localhost>"


@pytest.fixture(autouse=True)
def _host(settings):
    settings.SITE_URL = "http://localhost:8000"


@pytest.mark.parametrize("headers_only", [False, True])
@pytest.mark.parametrize(
    ("action", "status", "kind"),
    [
        ("failed", "5.1.1", "hard"),
        ("failed", "5.2.2", "soft"),
        ("failed", "4.4.7", "soft"),
        ("delayed", "4.4.1", "delayed"),
        ("delivered", "2.1.5", "delivered"),
    ],
)
def test_a_report_of_our_message_is_kept_with_the_servers_words(
    sent, action, status, kind, headers_only
):
    content = report(id_of(sent), action=action, status=status, headers_only=headers_only)
    (event,) = actions.take_report(content)
    assert (event.kind, event.source, event.status) == (kind, "mailbox", status)
    assert event.words == "550 5.1.1 <nadine@example.org>: user unknown"
    assert event.happened_at.isoformat() == "2026-11-29T07:12:44+00:00"


def test_the_same_report_counts_once_however_it_comes(sent):
    content = report(id_of(sent))
    assert len(actions.take_report(content)) == 1
    assert actions.take_report(content) == []
    relayed = b"Received: from mx2.example.org; Sun, 29 Nov 2026 09:13:00 +0200\n" + content
    assert actions.take_report(relayed) == []
    assert [kind for kind, _words in events_of(sent)] == ["accepted", "hard"]


@pytest.mark.parametrize(
    ("message_id", "why"),
    [
        ("<CAF1234@mail.gmail.com>", "foreign"),
        ("<notice-1c0f9a4e-6c22-4a52-9a3c-2f8c8f6d2a11@elsewhere.example.org>", "foreign"),
        ("<notice-1c0f9a4e-6c22-4a52-9a3c-2f8c8f6d2a11@localhost>", "unknown"),
        ("<notice-12@localhost>", "unknown"),
        ("<invitation-7@localhost>", "unknown"),
        ("<newsletter-7@localhost>", "other"),
        ("", "nameless"),
    ],
)
def test_a_report_on_somebody_elses_message_is_set_aside_and_never_guessed(sent, message_id, why):
    found = actions.take_report(report(message_id))
    assert isinstance(found, SetAsideReport)
    assert (found.why, found.message_id) == (why, message_id)
    assert actions.take_report(report(message_id)) is None
    assert DeliveryEvent.objects.filter(source="mailbox").count() == 0


def test_a_report_about_another_address_is_set_aside(sent):
    found = actions.take_report(report(id_of(sent), to="mallory@example.com"))
    assert found.why == "elsewhere"
    forwarded = report(id_of(sent), to="n.home@example.com", original="Nadine@example.org")
    assert len(actions.take_report(forwarded)) == 1


def test_a_report_on_what_was_not_sent_yet_is_set_aside():
    waiting = actions.notify(person("nadine@example.org"), "plan-approved", facts=FACTS)
    assert actions.take_report(report(id_of(waiting))).why == "not_sent"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"Subject: I am on holiday\n\nBack on Monday.",
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type:"
        b" message/delivery-status\n\n--x--",
        b"x" * 2_000_001,
    ],
)
def test_what_is_no_report_is_set_aside(content):
    assert actions.take_report(content).why == "unreadable"


def test_what_came_back_is_sent_once_more_to_the_mended_address(sent, mailoutbox):
    coordinator = person(role="coordinator")
    with pytest.raises(OutOfOrder, match="Nothing says"):
        actions.send_once_more(sent, reason="Just so", by=coordinator)
    actions.take_report(report(id_of(sent)))
    assert list(that_came_back(Notice.objects.all())) == [sent]
    assert bounces_of([sent.recipient])
    sent.recipient.email = "nadine.saab@example.org"
    sent.recipient.save()
    # The bounce was of the address that is there no more.
    assert bounces_of([sent.recipient]) == {}
    again = actions.send_once_more(sent, reason="She has a new address.", by=coordinator)
    assert send_notice(again.pk) is True
    first, second = mailoutbox
    assert (first.to, second.to) == (["nadine@example.org"], ["nadine.saab@example.org"])
    assert first.subject == second.subject
    # The link that stops such e-mails is signed anew, with its instant.
    assert first.body.partition("Stop e-mails")[0] == second.body.partition("Stop e-mails")[0]
    assert first.extra_headers["Message-ID"] != second.extra_headers["Message-ID"]
    assert list(that_came_back(Notice.objects.all())) == []
    # In the portal it stands once.
    assert list(notices_of(sent.recipient)) == [sent]
    with pytest.raises(Refused, match="sent again already"):
        actions.send_once_more(sent, reason="And again", by=coordinator)


def test_an_address_counts_as_mended_once_something_reached_it(sent):
    actions.take_report(report(id_of(sent), status="5.2.2"))
    assert bounces_of([sent.recipient])[sent.recipient_id].kind == "soft"
    event(sent, "delivered", timestamp=timezone.now())
    assert bounces_of([sent.recipient]) == {}


def event(notice, kind, **more):
    told = {"recipient": notice.recipient.email, "metadata": {"notice": str(notice.pk)}, **more}
    tracking.send(
        sender=None, event=AnymailTrackingEvent(event_type=kind, **told), esp_name="Mailgun"
    )


def test_what_a_delivery_service_reports_is_kept_once(sent):
    event(sent, "bounced", event_id="a1", mta_response="550 5.1.1 unknown user")
    event(sent, "bounced", event_id="a1", mta_response="550 5.1.1 unknown user")
    event(sent, "bounced", event_id="a2", mta_response="452 4.2.2 mailbox full")
    event(sent, "complained", event_id="a3")
    event(sent, "opened", event_id="a4")
    assert events_of(sent)[1:] == [
        ("hard", "550 5.1.1 unknown user"),
        ("soft", "452 4.2.2 mailbox full"),
        ("complaint", ""),
    ]


def test_what_a_service_reports_of_others_mails_is_set_aside(sent):
    event(sent, "bounced", event_id="b1", metadata={}, message_id="<x@elsewhere.org>")
    event(sent, "bounced", event_id="b2", recipient="mallory@example.com")
    event(sent, "bounced", event_id="b3", metadata={"notice": "nonsense"})
    assert sorted(SetAsideReport.objects.values_list("why", flat=True)) == [
        "elsewhere",
        "foreign",
        "unknown",
    ]


def test_the_webhook_takes_events_of_who_knows_the_secret(sent, client, settings):
    settings.ROOT_URLCONF = "tests.notices.urls_with_events"
    settings.ANYMAIL = {"WEBHOOK_SECRET": "name:a-long-enough-password"}
    body = {
        "RecordType": "Bounce",
        "ID": 42,
        "Type": "HardBounce",
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Email": "nadine@example.org",
        "BouncedAt": "2026-11-29T09:00:00Z",
        "Details": "550 5.1.1 unknown user",
        "Metadata": {"notice": str(sent.pk)},
    }
    address = "/mail/events/postmark/tracking/"
    refused = client.post(address, body, content_type="application/json")
    assert refused.status_code == 400
    assert [kind for kind, _words in events_of(sent)] == ["accepted"]
    basic = b64encode(b"name:a-long-enough-password").decode()
    answer = client.post(
        address, body, content_type="application/json", headers={"Authorization": f"Basic {basic}"}
    )
    assert answer.status_code == 200
    assert events_of(sent)[-1][0] == "hard"


def test_nothing_listens_for_events_without_a_secret(client):
    assert client.post("/mail/events/postmark/tracking/").status_code == 404


def test_a_report_settles_what_was_perhaps_sent(sent):
    unsure = actions.notify(person("ziad@example.org"), "plan-approved", facts=FACTS)
    Notice.objects.filter(pk=unsure.pk).update(state="unsure", sent_to="ziad@example.org")
    DeliveryEvent.objects.create(
        notice=unsure,
        kind="unsure",
        source="smtp",
        address="ziad@example.org",
        happened_at=timezone.now(),
        key="unsure",
    )
    actions.take_report(report(id_of(unsure), to="ziad@example.org", action="delivered"))
    assert Notice.objects.get(pk=unsure.pk).state == "sent"


def test_events_stay_as_they_were_told(sent):
    for change in (
        lambda: DeliveryEvent.objects.update(kind="delivered"),
        lambda: DeliveryEvent.objects.all().delete(),
    ):
        with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
            change()
    waiting = actions.notify(person("ziad@example.org"), "plan-approved", facts=FACTS)
    with pytest.raises(IntegrityError, match="sent"), transaction.atomic():
        DeliveryEvent.objects.create(
            notice=waiting,
            kind="hard",
            source="mailbox",
            address="x@example.org",
            happened_at=timezone.now(),
            key="1",
        )


def test_reports_go_to_their_own_address_where_there_is_one(sent, mailoutbox, settings):
    settings.BOUNCE_ADDRESS = "bounces@portal.example.org"
    other = actions.notify(person("ziad@example.org"), "plan-approved", facts=FACTS)
    send_notice(other.pk)
    mail = mailoutbox[-1]
    assert mail.from_email == "bounces@portal.example.org"
    assert mail.message()["From"] == settings.DEFAULT_FROM_EMAIL
