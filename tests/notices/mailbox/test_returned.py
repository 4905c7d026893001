"""E-mails to people without an account that come back: told where the address stands, and to whom."""

from __future__ import annotations

from uuid import UUID

import pytest
from anymail.signals import AnymailTrackingEvent, tracking
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import invite_person
from accounts.actions.mailing import send_invitation
from accounts.models import Role
from clusters.actions import invite_representative, resend_invitation
from clusters.tasks import mail_cluster_invitation
from jobs.letters.headers import automatic_headers
from notices import actions
from notices.models import MailEvent, Notice
from notices.rules.reports import own_mail
from notices.templatetags.mails import mark_returned
from tests.assistance.surveys.asked import asked as surveyed
from tests.assistance.surveys.asked import closed, on_day
from tests.assistance.workroom.working import at_work
from tests.links.linking import cast, linked, officer, sent
from tests.making import voucher_story
from tests.notices.making import report
from tests.payments.receipts.asking import booked
from tests.payments.receipts.asking import mailed as receipt_mailed
from tests.people import log_in, person
from tests.providers.quotes.asking import asking
from tests.providers.registering import register
from vouchers.assistance.workroom.models import WorkMail
from vouchers.payments.batches.models import PayeeMail
from vouchers.providers.quotes.models import QuoteLink
from vouchers.providers.quotes.tasks import mail_quote_link

__all__ = ["cast", "linked", "officer"]
pytestmark = pytest.mark.django_db
GONE = "The address does not take them"
SAID = "550 5.1.1 user unknown"


def came_back(message=None, **more):
    """Let a server report on an e-mail that the portal sent; what was noted of it."""
    message = message or mail.outbox[-1]
    told = {"to": message.to[0], "words": f"smtp; {SAID}", **more}
    return actions.take_report(report(message.extra_headers["Message-ID"], **told))


def page(who, address):
    client = Client()
    log_in(client, who)
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def told_of(address):
    """Who was told that mails to an address come back."""
    found = Notice.objects.filter(kind="mail-returned", facts__address=address)
    return sorted(str(one.recipient) for one in found)


def test_an_invitation_that_comes_back_is_told_to_who_invited_and_on_their_page():
    inviter = person(role=Role.ADMINISTRATOR, name="Ada Min")
    invitation = invite_person(email="Nobody@example.org", role=Role.COORDINATOR, by=inviter)
    invitation.confirmed_by, invitation.confirmed_at = person(), timezone.now()
    invitation.save()
    assert send_invitation(invitation.pk) is True
    address = reverse("accounts:invite")
    assert GONE not in page(inviter, address)
    (event,) = came_back()
    assert (event.name, event.kind, event.address) == ("invitation", "hard", "nobody@example.org")
    assert told_of("nobody@example.org") == ["Ada Min"]
    shown = page(inviter, address)
    assert GONE in shown
    assert SAID in shown
    # The same report again, and another about the same mail: nobody is told twice.
    assert came_back() == []
    came_back(status="5.7.1")
    assert told_of("nobody@example.org") == ["Ada Min"]


def test_an_invitation_to_a_cluster_that_is_sent_again_begins_without_what_came_back():
    told = voucher_story()
    cluster, manager = told.voucher.award.application.cluster, told.manager
    invitation = invite_representative(
        cluster, email="amin@example.org", level="editor", by=manager
    )
    mail_cluster_invitation(invitation.pk)
    came_back(status="5.2.2")
    address = reverse("clusters:people", args=[cluster.slug])
    assert "it may be full" in page(manager, address)
    assert told_of("amin@example.org") == [str(manager)]
    again = resend_invitation(invitation, by=manager)
    assert "it may be full" not in page(manager, address)
    mail_cluster_invitation(again.pk)
    assert "it may be full" not in page(manager, address)
    came_back(status="5.1.1")
    assert GONE in page(manager, address)
    assert told_of("amin@example.org") == [str(manager)] * 2


def test_the_link_of_a_provider_is_told_to_the_officers_of_its_country_alone(linked, officer, cast):
    link, _address = linked
    came_back()
    assert told_of("amal@cedar.example") == [str(officer)]
    provider = link.provider
    assert page(officer, provider.get_absolute_url()).count(GONE) == 2
    # What was delivered since counts, whoever says so.
    now = timezone.now()
    tracking.send(
        sender=None,
        event=AnymailTrackingEvent(
            event_type="delivered",
            recipient="AMAL@cedar.example",
            timestamp=now,
            metadata=mail.outbox[-1].metadata,
        ),
        esp_name="Mailgun",
    )
    assert MailEvent.objects.latest("pk").kind == "delivered"
    assert GONE not in page(officer, provider.get_absolute_url())


def test_a_link_to_a_mended_address_begins_without_what_came_back(linked, officer):
    link, _address = linked
    came_back()
    provider = link.provider
    provider.email = "amal@new.example"
    provider.save()
    sent(provider, officer)
    assert GONE not in page(officer, provider.get_absolute_url())


def test_payees_quotes_work_and_surveys_are_told_where_they_stand():
    told, receipt = booked()
    link, _address = receipt_mailed(receipt)
    came_back()
    officer, finance = told.officer, told.cast.finance[0]
    assert GONE in page(finance, receipt.get_absolute_url())
    assert str(finance) in told_of(link.email)
    assert str(officer) in told_of(link.email)
    order = receipt.order
    written = PayeeMail.objects.create(payment=order, to="payee@example.org")
    PayeeMail.objects.filter(pk=written.pk).update(sent_at=timezone.now())
    name = automatic_headers("payee-mail", written.pk)["Message-ID"]
    assert len(actions.take_report(report(name, to="payee@example.org"))) == 1
    assert GONE in page(finance, order.claim.get_absolute_url())


def test_a_quote_and_work_by_link(mailoutbox):
    asked = asking()
    officer = asked.told.officer
    link = QuoteLink.objects.earliest("pk")
    mail_quote_link(link.pk)
    came_back()
    assert page(officer, asked.terms.get_absolute_url()).count(GONE) == 1
    assert str(officer) in told_of(link.email)


def test_a_provider_at_work(mailoutbox):
    told, link, _address = at_work()
    came_back()
    notice = Notice.objects.get(kind="mail-returned")
    assert GONE in page(told.officer, notice.url)
    assert told_of(link.email) == [str(told.officer)]
    # What it is told later goes to the same address.
    later = WorkMail.objects.create(link=link, kind="session-returned", facts={})
    name = automatic_headers("work-mail", later.pk)["Message-ID"]
    assert actions.take_report(report(name, to=link.email)).why == "not_sent"


def test_a_survey():
    told = closed()
    with on_day(told):
        survey, link, _address = surveyed(told)
        came_back()
        assert GONE in page(told.officer, survey.get_absolute_url())
        assert told_of(link.email) == [str(told.officer)]


@pytest.mark.parametrize("named", ["{pk}", "{pk}-0123456789abcdef", "{pk}-", "x", "0-{pk}"])
def test_who_guesses_the_number_of_a_mail_reports_nothing_on_it(linked, named, settings):
    settings.SITE_URL = "http://localhost:8000"
    link, _address = linked
    forged = report(f"<providerlink-{named.format(pk=link.pk)}@localhost>", to=link.email)
    assert actions.take_report(forged).why in {"unknown", "foreign"}
    assert not MailEvent.objects.exists()
    assert told_of(link.email) == []


def test_a_report_on_another_address_than_the_mail_went_to_is_set_aside(linked):
    found = came_back(to="mallory@example.com", status="5.1.1", words="smtp; 550 buy gold")
    assert (found.why, found.address, found.words) == (
        "elsewhere",
        "mallory@example.com",
        "550 buy gold",
    )


def test_the_words_of_a_stranger_go_into_no_message_of_ours(linked, officer):
    came_back(words="smtp; 550 visit https://evil.example <script>alert(1)</script>\u202e")
    notice = Notice.objects.get(kind="mail-returned")
    assert "evil" not in str(notice.facts)
    shown = page(officer, linked[0].provider.get_absolute_url())
    assert "<script>alert" not in shown
    assert "550 visit https://evil.example &lt;script&gt;alert(1)&lt;/script&gt;</q>" in shown


def test_reports_on_mails_without_an_account_go_to_the_same_address(cast, officer, settings):
    settings.BOUNCE_ADDRESS = "bounces@portal.example.org"
    sent(register(cast, email="amal@cedar.example"), officer)
    message = mail.outbox[-1]
    assert message.from_email == "bounces@portal.example.org"
    assert message.message()["From"] == settings.DEFAULT_FROM_EMAIL


def test_a_key_that_begins_like_a_word_is_no_part_of_the_name():
    key = UUID("abcdefab-1234-4a52-9a3c-2f8c8f6d2a11")
    found = own_mail(automatic_headers("notice", key)["Message-ID"], "localhost")
    assert (found.name, found.key) == ("notice", str(key))
    found = own_mail(automatic_headers("work-mail", 7)["Message-ID"], "localhost")
    assert (found.name, found.key[:2]) == ("work-mail", "7-")


def test_events_of_mails_stay_as_they_were_told(linked):
    (event,) = came_back()
    for change in (
        lambda: MailEvent.objects.filter(pk=event.pk).update(kind="delivered"),
        lambda: MailEvent.objects.filter(pk=event.pk).delete(),
    ):
        with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
            change()
    event.pk = None
    with pytest.raises(IntegrityError, match="counts_once"), transaction.atomic():
        event.save(force_insert=True)


def test_rows_are_marked_in_a_constant_number_of_queries(django_assert_num_queries):
    people = [person(f"p{number}@example.org") for number in range(3)]
    with django_assert_num_queries(1):
        mark_returned(people)
    with django_assert_num_queries(0):
        mark_returned(None)
