"""Who acts for a cluster: by invitation, at a level, and never without a manager."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clusters import tasks
from clusters.actions import (
    accept_representation,
    change_level,
    hand_over,
    invite_representative,
    remove_representative,
    resend_invitation,
    withdraw_representative_invitation,
)
from clusters.models import Representative, RepresentativeInvitation
from conduct.actions import NotAllowed, OutOfOrder, Refused
from jobs.tasks import sweep_jobs
from notices.models import Notice
from tests.people import log_in, person

pytestmark = pytest.mark.django_db

INVITED = "hiba@example.org"


@pytest.fixture
def invitation(manager, cluster):
    return invite_representative(cluster, email=INVITED, level="editor", by=manager)


def page(cluster, name="people", *more):
    return reverse(f"clusters:{name}", args=[cluster.slug, *more])


def with_level(cluster, level):
    someone = person()
    return Representative.objects.create(cluster=cluster, user=someone, level=level)


def own(cluster, user):
    return cluster.representatives.get(user=user)


# --- Inviting ------------------------------------------------------------------------------------
def test_an_invitation_is_mailed_once_in_its_language(
    client, manager, cluster, django_capture_on_commit_callbacks
):
    log_in(client, manager)
    typed = {"email": " Hiba@Example.org", "level": "editor", "language": "en"}
    client.post(page(cluster), typed)
    invitation = RepresentativeInvitation.objects.get()
    tasks.mail_cluster_invitation(invitation.pk)
    tasks.mail_cluster_invitation(invitation.pk)
    [message] = mail.outbox
    assert message.to == [INVITED]
    assert cluster.name in message.subject
    assert reverse("clusters:invitation", args=[invitation.token]) in message.body
    assert INVITED in client.get(page(cluster)).content.decode()


def test_whoever_proves_the_address_acts_for_the_cluster(client, manager, cluster, invitation):
    invited = person(INVITED)
    url = reverse("clusters:invitation", args=[invitation.token])
    log_in(client, invited)
    assert cluster.name in client.get(url).content.decode()
    assert client.post(url).url == cluster.get_absolute_url()
    assert own(cluster, invited).level == "editor"
    assert Notice.objects.get(kind="representative-joined").recipient == manager
    assert client.get(url).status_code == 410


def test_a_stranger_with_the_link_is_led_to_sign_up_for_that_address(client, cluster, invitation):
    html = Client().get(reverse("clusters:invitation", args=[invitation.token])).content.decode()
    assert INVITED in html
    assert reverse("account_signup") in html


def test_another_address_cannot_take_it_up(client, cluster, invitation):
    answer = log_in(client, person()).post(reverse("clusters:invitation", args=[invitation.token]))
    assert answer.status_code == 403
    assert cluster.representatives.count() == 1


def test_staff_of_the_programme_cannot_represent_a_cluster(cluster, invitation):
    with pytest.raises(NotAllowed, match="Staff"):
        accept_representation(invitation, by=person(INVITED, role="assessor"))


def test_an_invitation_expires_is_withdrawn_or_sent_again(client, manager, cluster, invitation):
    invited = person(INVITED)
    invitation.expires_at = timezone.now() - timedelta(minutes=1)
    invitation.save()
    with pytest.raises(OutOfOrder):
        accept_representation(invitation, by=invited)
    assert "expired" in log_in(client, manager).get(page(cluster)).content.decode()
    client.post(page(cluster, "resend_invitation", invitation.pk))
    newer = RepresentativeInvitation.objects.get(withdrawn_at=None)
    assert newer.token != invitation.token
    assert (newer.email, newer.level) == (INVITED, "editor")
    client.post(page(cluster, "withdraw_invitation", newer.pk))
    newer.refresh_from_db()
    with pytest.raises(OutOfOrder):
        accept_representation(newer, by=invited)
    with pytest.raises(OutOfOrder):
        resend_invitation(newer, by=manager)


def test_an_invitation_falls_with_its_manager(cluster, manager, invitation):
    other = with_level(cluster, "manager")
    remove_representative(own(cluster, manager), by=other.user)
    with pytest.raises(OutOfOrder, match="no longer manages"):
        accept_representation(invitation, by=person(INVITED))


def test_the_sweeper_queues_an_invitation_that_was_lost(invitation, monkeypatch):
    RepresentativeInvitation.objects.update(invited_at=timezone.now() - timedelta(minutes=5))
    queued = []
    monkeypatch.setattr(tasks.mail_cluster_invitation, "delay", queued.append)
    assert sweep_jobs() == 1
    assert queued == [invitation.pk]
    tasks.CLUSTER_INVITATIONS.conduct(invitation.pk)
    assert sweep_jobs() == 0


def test_a_bad_address_stands_beside_its_field(client, manager, cluster):
    typed = {"email": "nobody", "level": "editor", "language": "en"}
    answer = log_in(client, manager).post(page(cluster), typed)
    assert "email" in answer.context["form"].errors
    assert 'value="nobody"' in answer.content.decode()
    answer = client.post(page(cluster), {**typed, "email": manager.email})
    assert "cannot invite yourself" in answer.content.decode()
    answer = client.post(
        page(cluster), {**typed, "email": with_level(cluster, "reader").user.email}
    )
    assert "acts for the cluster already" in answer.content.decode()


@pytest.mark.parametrize("level", ["editor", "reader"])
def test_only_managers_invite_and_change(client, manager, cluster, invitation, level):
    other = with_level(cluster, level)
    log_in(client, other.user)
    typed = {"email": "x@example.org", "level": "manager", "language": "en"}
    assert client.post(page(cluster), typed).status_code == 403
    assert client.post(page(cluster, "withdraw_invitation", invitation.pk)).status_code == 403
    target = own(cluster, manager)
    for name, data in (
        ("change_level", {"level": "reader"}),
        ("hand_over", {}),
        ("remove_person", {}),
    ):
        assert client.post(page(cluster, name, target.pk), data).status_code == 403
    assert INVITED not in client.get(page(cluster)).content.decode()
    assert own(cluster, manager).level == "manager"


# --- Levels --------------------------------------------------------------------------------------
def test_a_level_is_changed_and_the_person_told(client, manager, cluster):
    reader = with_level(cluster, "reader")
    log_in(client, manager).post(page(cluster, "change_level", reader.pk), {"level": "editor"})
    reader.refresh_from_db()
    assert reader.level == "editor"
    assert Notice.objects.get(kind="representative-changed").recipient == reader.user


def test_the_last_manager_stays(client, manager, cluster):
    with_level(cluster, "editor")
    mine = own(cluster, manager)
    for conduct in (
        lambda: change_level(mine, level="editor", by=manager),
        lambda: remove_representative(mine, by=manager),
    ):
        with pytest.raises(Refused, match="needs a manager"):
            conduct()
    client = log_in(client, manager)
    answer = client.post(page(cluster, "remove_person", mine.pk), follow=True)
    assert "A cluster needs a manager" in answer.content.decode()
    assert own(cluster, manager).level == "manager"


def test_a_cluster_is_handed_over_in_one_step(client, manager, cluster):
    editor = with_level(cluster, "editor")
    log_in(client, manager).post(page(cluster, "hand_over", editor.pk))
    editor.refresh_from_db()
    assert (editor.level, own(cluster, manager).level) == ("manager", "editor")
    with pytest.raises(NotAllowed):
        hand_over(own(cluster, manager), by=manager)


def test_a_person_leaves_or_is_removed(client, manager, cluster):
    reader, editor = with_level(cluster, "reader"), with_level(cluster, "editor")
    answer = log_in(client, reader.user).post(page(cluster, "remove_person", reader.pk))
    assert answer.url == reverse("clusters:mine")
    assert client.get(page(cluster)).status_code == 404
    log_in(client, manager).post(page(cluster, "remove_person", editor.pk))
    assert [found.user for found in cluster.representatives.all()] == [manager]
    assert Notice.objects.get(kind="representative-removed").recipient == editor.user


def test_nobody_reaches_the_people_of_another_cluster(client, cluster, invitation):
    log_in(client, person())
    assert client.get(page(cluster)).status_code == 404
    assert client.post(page(cluster, "resend_invitation", invitation.pk)).status_code == 404


def test_withdrawing_is_for_managers(cluster, invitation):
    with pytest.raises(NotAllowed):
        withdraw_representative_invitation(invitation, by=with_level(cluster, "editor").user)
