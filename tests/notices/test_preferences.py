"""What comes by e-mail: each person's choice, and the link that needs no log-in."""

import re
from email import message_from_bytes, policy
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.test import Client

from conduct.actions import NotAllowed, Refused
from notices.actions import choose_delivery, notify
from notices.actions.sending import send_notice
from notices.models import Notice, Preference
from tests.people import log_in, person

pytestmark = pytest.mark.django_db

FACTS = {
    "reference": "SUV-2026-LB-0001",
    "cluster": "QOOT Cluster",
    "country": "Lebanon",
    "amount": "5000.00",
    "accept_by": "2026-06-30",
}
EVERYTHING = {
    "applications": "digest",
    "scoring": "portal",
    "assistance": "digest",
    "questions": "now",
    "reminders": "portal",
}


def mail_of(recipient, kind, mailbox):
    send_notice(notify(recipient, kind, facts=FACTS, url="/").pk)
    return mailbox[-1]


def test_a_person_chooses_for_each_topic(client):
    rana = person()
    client = log_in(client, rana)
    page = client.get("/notices/preferences/").content.decode()
    assert "Always at once" in page
    assert "Decisions and awards" in page
    client.post("/notices/preferences/", EVERYTHING)
    assert dict(Preference.objects.values_list("topic", "delivery")) == EVERYTHING


def test_a_choice_that_does_not_exist_is_refused_beside_its_topic(client):
    client = log_in(client, person())
    page = client.post("/notices/preferences/", {**EVERYTHING, "scoring": "by pigeon"})
    assert list(page.context["form"].errors) == ["scoring"]
    assert not Preference.objects.exists()


def test_mandatory_topics_leave_no_choice():
    rana = person()
    with pytest.raises(Refused, match="always come at once"):
        choose_delivery(rana, {"payments": "portal"}, by=rana)


def test_nobody_chooses_for_another():
    with pytest.raises(NotAllowed):
        choose_delivery(person(), {"scoring": "portal"}, by=person())


def test_only_in_the_portal_means_no_e_mail(mailoutbox):
    rana = person()
    choose_delivery(rana, {"assistance": "portal"}, by=rana)
    notice = notify(rana, "plan-approved", facts=FACTS)
    assert send_notice(notice.pk) is False
    kept = Notice.objects.get()
    assert (kept.state, bool(kept.subject), mailoutbox) == ("kept", True, [])


def test_an_award_comes_at_once_whatever_was_chosen(mailoutbox):
    rana = person()
    choose_delivery(rana, EVERYTHING, by=rana)
    assert send_notice(notify(rana, "award-offered", facts=FACTS).pk) is True
    assert len(mailoutbox) == 1


def test_a_mail_program_stops_e_mails_with_one_click(mailoutbox):
    rana = person()
    message = mail_of(rana, "plan-approved", mailoutbox)
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.fullmatch(r"<https?://[^/]+(/.*)>", message.extra_headers["List-Unsubscribe"])[1]
    # As a mail program does: no cookie, no token, no page looked at before.
    outside = Client(enforce_csrf_checks=True)
    answer = outside.post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert list(Preference.objects.values_list("person", "topic", "delivery")) == [
        (rana.pk, "assistance", "portal")
    ]


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("en", "Stop these e-mails?"),
        ("fr", "Ne plus recevoir ces e-mails"),
        ("ar", "هل تريدون إيقاف هذه الرسائل؟"),
    ],
)
def test_the_link_is_the_same_wherever_a_mail_program_takes_it_from(language, asked, mailoutbox):
    """What leaves is bytes: read as mail programs read them, it leads from each place to the page."""
    rana = person(language=language)
    arrived = message_from_bytes(
        mail_of(rana, "plan-approved", mailoutbox).message().as_bytes(), policy=policy.default
    )
    header = arrived["List-Unsubscribe"].strip()
    text = arrived.get_body(("plain",)).get_content()
    html = arrived.get_body(("html",)).get_content()
    addresses = {
        re.fullmatch("<(.*)>", header)[1],
        *re.findall(r"http\S+/notices/unsubscribe/\S+", text),
        *map(unescape, re.findall(r'href="([^"]+/unsubscribe/[^"]+)"', html)),
    }
    (address,) = addresses
    assert text.count("/unsubscribe/") == html.count("/unsubscribe/") == 1
    outside = Client(headers={"accept-language": language})
    answer = outside.get(urlsplit(address).path)
    assert answer.status_code == 200
    assert asked in answer.content.decode()
    assert outside.post(urlsplit(address).path).status_code == 200
    assert Preference.objects.get().person == rana


def test_looking_at_the_link_changes_nothing(client, mailoutbox):
    message = mail_of(person(), "plan-approved", mailoutbox)
    address = re.search(r"/notices/unsubscribe/\S+", message.body)[0]
    assert "Stop these e-mails?" in client.get(address).content.decode()
    assert not Preference.objects.exists()


def test_a_forged_link_is_unknown(client, mailoutbox):
    message = mail_of(person(), "plan-approved", mailoutbox)
    address = re.search(r"/notices/unsubscribe/\S+?/", message.body)[0]
    forged = address[:-2] + ("A" if address[-2] != "A" else "B") + "/"
    assert client.post(forged).status_code == 404
    assert not Preference.objects.exists()


def test_money_and_decisions_offer_no_way_to_stop_them(mailoutbox):
    message = mail_of(person(), "award-offered", mailoutbox)
    assert "List-Unsubscribe" not in message.extra_headers
    assert "/notices/unsubscribe/" not in message.body
    assert "/notices/preferences/" in message.body
