"""What coordinators do to a message that waits: change it, hold it back, release it, cancel it."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from conduct.actions import NotAllowed, OutOfOrder, Refused
from notices import actions
from notices.actions.digests import gather_due_digests
from notices.actions.sending import send_notice
from notices.models import Notice, Preference
from notices.queries import notices_of
from notices.rules.steering import may_be_steered
from notices.wording.messages import shown_to_others
from tests.notices.making import FACTS
from tests.notices.test_words import WRITTEN
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return person(role="coordinator")


@pytest.fixture
def notice():
    return notify("plan-approved")


def notify(kind, to=None, **more):
    to = to or person("nadine@example.org")
    return actions.notify(to, kind, facts={**FACTS, **more}, url="/vouchers/")


def fresh(notice):
    return Notice.objects.get(pk=notice.pk)


def reworded(notice, by, **changes):
    words = {"subject": "Your plan", "body": "It is approved.", "seen": 0, "reason": "Kinder"}
    return actions.reword_notice(notice, **{**words, **changes}, by=by)


def test_changed_words_go_out_and_what_the_portal_wrote_is_kept(notice, coordinator, mailoutbox):
    reworded(notice, coordinator)
    again = reworded(notice, coordinator, body="It is approved.\n\nWell done.", seen=1)
    assert again.number == 2
    assert send_notice(notice.pk) is True
    (mail,) = mailoutbox
    assert mail.subject == "Your plan"
    assert "Well done." in mail.body
    assert "<p>Well done.</p>" in mail.alternatives[0][0]
    original, first, second = notice.revisions.all()
    assert (original.number, original.written_by, original.reason) == (0, None, "")
    assert original.body
    assert original.body != first.body
    assert (second.written_by, second.reason) == (coordinator, "Kinder")


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("body", "Dear {{ recipient }}"),
        ("body", "{% now 'Y' %}"),
        ("body", "Dear {cluster}"),
        ("body", "Pay \u202ethere"),
        ("body", ""),
        ("body", "x" * 4001),
        ("subject", "Two\nlines"),
        ("subject", ""),
    ],
)
def test_a_text_is_plain_and_fills_nothing_in(notice, coordinator, part, text):
    with pytest.raises(Refused) as refused:
        reworded(notice, coordinator, **{part: text})
    assert refused.value.field == part
    assert not notice.revisions.exists()


def test_html_in_a_changed_text_is_text(notice, coordinator, mailoutbox):
    reworded(notice, coordinator, body="<script>alert(1)</script>")
    send_notice(notice.pk)
    assert "&lt;script&gt;" in mailoutbox[0].alternatives[0][0]


def test_nothing_is_changed_without_a_reason_or_over_somebody_elses_words(notice, coordinator):
    with pytest.raises(Refused, match="Say why"):
        reworded(notice, coordinator, reason=" ")
    reworded(notice, coordinator)
    with pytest.raises(actions.RewordedMeanwhile):
        reworded(notice, coordinator, body="Another text.")
    with pytest.raises(Refused, match="says this already"):
        reworded(notice, coordinator, seen=1)


def test_what_is_held_back_does_not_go_until_it_is_released(notice, coordinator, mailoutbox):
    actions.hold_notice(notice, reason="The amount is wrong.", by=coordinator)
    assert send_notice(notice.pk) is False
    assert not mailoutbox
    held = fresh(notice)
    assert (held.state, held.stopped_by) == ("stopped", coordinator)
    # Nobody reads in the portal what is held back.
    assert not notices_of(notice.recipient).exists()
    actions.release_notice(notice, reason="It was right.", by=coordinator)
    assert fresh(notice).stop_reason == ""
    assert send_notice(notice.pk) is True
    assert len(mailoutbox) == 1


def test_what_is_cancelled_never_goes(notice, coordinator, mailoutbox):
    actions.cancel_notice(notice, reason="Sent by mistake.", by=coordinator)
    assert send_notice(notice.pk) is False
    assert not mailoutbox
    assert not notices_of(notice.recipient).exists()
    with pytest.raises(OutOfOrder):
        actions.release_notice(notice, reason="After all", by=coordinator)


def test_what_waits_for_a_daily_e_mail_is_held_back_and_gathered_once_it_is_released(
    coordinator, mailoutbox
):
    nadine = person("nadine@example.org")
    Preference.objects.create(person=nadine, topic="assistance", delivery="digest")
    notice = notify("plan-approved", nadine)
    send_notice(notice.pk)
    assert fresh(notice).state == "held"
    actions.hold_notice(notice, reason="Wait.", by=coordinator)
    assert gather_due_digests(fresh(notice).hold_until) == []
    actions.release_notice(notice, reason="Go.", by=coordinator)
    send_notice(notice.pk)
    assert fresh(notice).state == "held"
    (digest,) = gather_due_digests(fresh(notice).hold_until)
    with pytest.raises(OutOfOrder, match="on its way already"):
        actions.cancel_notice(notice, reason="Stop.", by=coordinator)
    send_notice(digest.pk)
    assert fresh(notice).state == "sent"


def test_what_was_sent_or_read_stays_as_it_is(notice, coordinator, mailoutbox):
    send_notice(notice.pk)
    for steer in (actions.hold_notice, actions.cancel_notice):
        with pytest.raises(OutOfOrder):
            steer(notice, reason="Too late", by=coordinator)
    with pytest.raises(OutOfOrder):
        reworded(notice, coordinator)
    read = notify("plan-approved", notice.recipient)
    Notice.objects.filter(pk=read.pk).update(subject="Read", body="x", seen_at=timezone.now())
    with pytest.raises(OutOfOrder, match="has read it"):
        actions.cancel_notice(read, reason="Hide it", by=coordinator)


@pytest.mark.parametrize(
    "kind", ["bank-details-changed", "role-given", "factors-reset", "payment-account-to-verify"]
)
def test_nobody_stops_a_warning(kind, coordinator):
    warning = notify(kind, role="auditor", author="Rita Haddad", account="…9114")
    with pytest.raises(OutOfOrder, match="warning"):
        actions.hold_notice(warning, reason="Hush", by=coordinator)
    with pytest.raises(OutOfOrder, match="warning"):
        reworded(warning, coordinator)


def test_which_kinds_are_fixed_is_one_rule():
    fixed = [kind for kind in WRITTEN if not may_be_steered(kind)]
    assert "notice-digest" in fixed
    assert {"award-offered", "claim-rejected", "plan-approved"} & set(fixed) == set()
    assert len(fixed) < len(WRITTEN) / 4


@pytest.mark.parametrize("role", ["officer", "finance", "auditor", None])
def test_coordinators_alone_steer(notice, role):
    other = person(role=role, country="LB" if role == "officer" else "")
    for steer in (actions.hold_notice, actions.cancel_notice):
        with pytest.raises(NotAllowed):
            steer(notice, reason="I want to", by=other)
    with pytest.raises(NotAllowed):
        reworded(notice, other)


def test_who_looks_sees_no_link_that_acts_for_the_person(notice):
    parts = shown_to_others(notice)
    assert "unsubscribe" not in parts.text + parts.html
    # Nor one that leads nowhere: they are told that there is one.
    for told in (parts.text, parts.html):
        assert "(a link of their own, which only they get)" in told
    addresses = re.findall(r"http://\S+?/[^\s\"<]*", parts.text + parts.html)
    assert all(Client().get(urlsplit(one).path).status_code != 404 for one in addresses)


@pytest.mark.django_db(transaction=True)
def test_a_message_that_is_being_sent_at_this_moment_is_refused_clearly(notice, coordinator):
    def steered():
        try:
            with pytest.raises(OutOfOrder, match="being sent at this moment"):
                actions.cancel_notice(notice, reason="Stop", by=coordinator)
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        # As a worker holds it while it talks to the mail server.
        Notice.objects.select_for_update().get(pk=notice.pk)
        pool.submit(steered).result(20)
    assert fresh(notice).state == "pending"


def test_the_database_sends_nothing_that_is_held_back(notice, coordinator):
    actions.hold_notice(notice, reason="Wait", by=coordinator)
    with pytest.raises(Exception, match="Invalid transition"), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(
            state="sent", sent_at=timezone.now(), stopped_by=None, stop_reason=""
        )


def test_the_database_changes_nothing_that_was_sent(notice, mailoutbox):
    send_notice(notice.pk)
    for change in ({"subject": "Other"}, {"sent_to": "x@example.org"}, {"body": "Other"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(**change)
