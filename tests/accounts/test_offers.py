"""Invitations of every kind: how many, with what in them, how often they are tried, and who hears."""

import itertools
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.actions import (
    OFFERS_PER_ADDRESS_AND_DAY,
    OFFERS_PER_DAY,
    invite_person,
    withdraw_invitation,
)
from accounts.actions.mailing import send_invitation
from accounts.models import Invitation, Role, User
from accounts.queries import invitations_never_mailed, never_mailed
from accounts.tasks import mail_invitation, tell_of_expired_invitations
from clusters.actions import invite_representative, update_profile
from clusters.models import Cluster, RepresentativeInvitation
from clusters.tasks import mail_cluster_invitation, tell_of_expired_cluster_invitations
from conduct.actions import Refused
from conduct.models.one_line import one_line
from jobs.tasks import sweep_jobs
from notices.actions.sending import send_notice
from notices.models import Notice
from tests.making import LB, open_story
from tests.people import log_in, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return person(role=Role.COORDINATOR, name="Cora Dina")


@pytest.fixture
def manager():
    return open_story().apply(LB).started_by


def to_a_role(email, by):
    return invite_person(email, Role.ASSESSOR, by=by)


def to_a_cluster(email, by):
    cluster = by.representations.get().cluster
    return invite_representative(cluster, email=email, level="reader", by=by)


KINDS = [
    (to_a_role, "coordinator", Invitation),
    (to_a_cluster, "manager", RepresentativeInvitation),
]


@pytest.fixture(params=KINDS, ids=["role", "cluster"])
def kind(request):
    invite, sender, model = request.param
    return invite, request.getfixturevalue(sender), model


# --- How many -------------------------------------------------------------------------------------
def test_a_person_sends_so_many_a_day(kind):
    invite, sender, model = kind
    for number in range(OFFERS_PER_DAY):
        invite(f"guest{number}@example.org", sender)
    with pytest.raises(Refused, match="30 invitations within a day"):
        invite("one.more@example.org", sender)
    model.objects.update(invited_at=timezone.now() - timedelta(hours=25))
    assert invite("one.more@example.org", sender).pk


def test_an_address_gets_so_many_a_day_withdrawn_ones_too(kind):
    invite, sender, _model = kind
    for _again in range(OFFERS_PER_ADDRESS_AND_DAY):
        invite("guest@example.org", sender)
    with pytest.raises(Refused, match="many invitations today"):
        invite("Guest@example.org", sender)
    assert invite("other@example.org", sender).pk


def test_the_refusal_stands_beside_the_form_and_keeps_what_was_typed(client, coordinator):
    for number in range(OFFERS_PER_DAY):
        to_a_role(f"guest{number}@example.org", coordinator)
    typed = {"email": "more@example.org", "role": "assessor", "language": "en", "country_code": ""}
    answer = log_in(client, coordinator).post(reverse("accounts:invite"), typed)
    assert "Please go on tomorrow" in answer.content.decode()
    assert 'value="more@example.org"' in answer.content.decode()


# --- What stands in them --------------------------------------------------------------------------
BAD = [
    "Ada\nMin",
    "Ada\r\nBcc: all@example.org",
    "Ada\tMin",
    "Ada\x07",
    "Ada\u2028Min",
    "\u202eadA",
]


@pytest.mark.parametrize("name", BAD)
def test_a_name_is_one_line_wherever_it_is_given(client, name):
    user = person(name="Ada Min")
    typed = {"full_name": f"x{name}x", "language": "en", "time_zone": "Asia/Beirut"}
    answer = log_in(client, user).post(reverse("accounts:profile"), typed)
    assert "full_name" in answer.context["form"].errors
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(full_name=f"x{name}x")


@pytest.mark.parametrize("name", BAD)
def test_neither_sign_up_nor_a_cluster_takes_such_a_name(client, manager, name):
    typed = {
        "full_name": f"x{name}x",
        "email": "new@example.org",
        "language": "en",
        "password1": "seven-green-olive-trees",
    }
    answer = client.post(reverse("account_signup"), typed)
    assert "full_name" in answer.context["form"].errors
    cluster = manager.representations.get().cluster
    for field in ("name", "legal_name", "legal_representative", "town"):
        with pytest.raises(ValidationError):
            update_profile(cluster, by=manager, **{field: f"x{name}x"})
    with pytest.raises(IntegrityError), transaction.atomic():
        Cluster.objects.filter(pk=cluster.pk).update(name=f"x{name}x")


@pytest.mark.parametrize("name", ["Zoé N’Diaye-Ḥaddād", "محمد علي", "O'Neill, Jr.", "李小龍", ""])
def test_names_of_the_world_are_taken(name):
    one_line(name)


# --- How often they are tried ---------------------------------------------------------------------
def refuse(*_args, **_more):
    raise OSError("Mailbox unknown")


def test_a_refused_message_is_tried_ever_more_rarely_and_then_no_more(kind, monkeypatch):
    invite, sender, model = kind
    offer = invite("guest@example.org", sender)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    mail = mail_invitation if model is Invitation else mail_cluster_invitation
    waited = []
    for _attempt in range(model.MAX_ATTEMPTS):
        mail(offer.pk)
        offer.refresh_from_db()
        waited.append(offer.next_attempt_at - timezone.now())
        assert offer.pk not in never_mailed(model).values_list("pk", flat=True)
    assert all(after > 1.9 * before for before, after in itertools.pairwise(waited))
    assert (offer.attempts, offer.mailed_at) == (model.MAX_ATTEMPTS, None)
    assert offer.failed_at is not None
    assert "Mailbox unknown" in offer.last_error
    model.objects.update(
        next_attempt_at=timezone.now() - timedelta(days=1),
        invited_at=timezone.now() - timedelta(days=2),
    )
    assert not never_mailed(model).exists()
    notice = Notice.objects.get(recipient=sender, kind="invitation-failed")
    send = Notice.objects.get(pk=notice.pk)
    assert send.facts["email"] == "guest@example.org"


def test_it_comes_again_when_its_time_has_come(coordinator, monkeypatch, mailoutbox):
    offer = to_a_role("guest@example.org", coordinator)
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", refuse)
        assert not send_invitation(offer.pk)
    Invitation.objects.update(
        invited_at=timezone.now() - timedelta(minutes=5),
        next_attempt_at=timezone.now() - timedelta(seconds=1),
    )
    queued = []
    monkeypatch.setattr(mail_invitation, "delay", queued.append)
    assert sweep_jobs() == 1
    assert queued == [offer.pk]
    assert sweep_jobs() == 0, "it is left alone while its task has not had its turn"
    assert send_invitation(offer.pk)
    assert len(mailoutbox) == 1


def test_what_waits_for_a_second_word_is_not_swept():
    offer = invite_person("guest@example.org", Role.FINANCE, by=person(role=Role.ADMINISTRATOR))
    Invitation.objects.update(invited_at=timezone.now() - timedelta(minutes=5))
    assert not invitations_never_mailed().exists()
    Invitation.objects.filter(pk=offer.pk).update(confirmed_at=timezone.now())
    assert list(invitations_never_mailed()) == [offer]


# --- What its sender hears ------------------------------------------------------------------------
def test_who_sent_it_hears_once_that_nobody_took_it_up(kind):
    invite, sender, model = kind
    offer = invite("guest@example.org", sender)
    sweep = (
        tell_of_expired_invitations if model is Invitation else tell_of_expired_cluster_invitations
    )
    sweep()
    assert not Notice.objects.filter(kind="invitation-expired").exists()
    model.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    sweep()
    sweep()
    notice = Notice.objects.get(kind="invitation-expired")
    assert (notice.recipient, notice.url) == (sender, offer.page_of_sender)
    send_notice(notice.pk)
    notice.refresh_from_db()
    assert "guest@example.org" in notice.subject


def test_nobody_hears_of_what_was_withdrawn(coordinator):
    withdraw_invitation(to_a_role("guest@example.org", coordinator), by=coordinator)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    tell_of_expired_invitations()
    assert not Notice.objects.filter(kind="invitation-expired").exists()
