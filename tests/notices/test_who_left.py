"""Who has left, by an account that was shut or a role that ended, is written to no more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actions import deactivate, grant_role, reactivate, revoke_role
from accounts.models import Role, RoleGrant, User
from clusters.models import Representative
from dashboards.queries.outbox import notices_to_clusters
from demonstration.clock import on
from documents.actions.making import render_document
from notices import actions
from notices.actions.digests import gather_due_digests
from notices.actions.sending import send_notice
from notices.models import Notice
from notices.queries import notices_of
from notices.wording.messages import parts_of
from tests.assistance.delivery.session import logged
from tests.endings.making import coordinators, proposed
from tests.making import LB, awarded, voucher_story
from tests.notices.making import FACTS
from tests.people import person
from vouchers.assistance.delivery.actions import return_session
from vouchers.endings.actions import refuse_ending

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return person(role=Role.ADMINISTRATOR)


def without_role(user):
    """Take every role of the person away."""
    administrator = person(role=Role.ADMINISTRATOR)
    for grant in RoleGrant.objects.filter(user=user, revoked_at=None):
        revoke_role(grant, by=administrator, reason="The contract ended.")


def state_of(notice):
    return Notice.objects.get(pk=notice.pk).state


def test_an_account_that_was_deactivated_is_mailed_nothing_that_waited(mailoutbox, administrator):
    nadine = person("nadine@example.org")
    waits = actions.notify(nadine, "plan-approved", facts=FACTS, url="/vouchers/")
    deactivate(nadine, by=administrator, reason="The mailbox is somebody else's now.")
    Notice.objects.exclude(pk=waits.pk).delete()
    assert send_notice(waits.pk) is False
    assert not mailoutbox
    assert state_of(waits) == "kept"
    # Nothing is lost: who comes back finds it in the portal.
    reactivate(nadine, by=administrator, reason="It was a mistake.")
    assert waits in notices_of(User.objects.get(pk=nadine.pk))


def test_nor_is_what_was_gathered_for_it(mailoutbox, administrator):
    nadine = person("nadine@example.org")
    actions.choose_delivery(nadine, {"assistance": "digest"}, by=nadine)
    held = actions.notify(nadine, "plan-approved", facts=FACTS, url="/vouchers/")
    send_notice(held.pk)
    assert state_of(held) == "held"
    deactivate(nadine, by=administrator, reason="She left.")
    (digest,) = gather_due_digests(timezone.now() + timedelta(days=2))
    assert send_notice(digest.pk) is False
    assert not mailoutbox
    assert (state_of(held), state_of(digest)) == ("kept", "kept")


def test_a_letter_goes_to_nobody_who_left_the_cluster_while_its_message_waited():
    _story, (award,) = awarded(LB)
    cluster = award.application.cluster
    acts = cluster.representatives.get()
    waits = Notice.objects.get(kind="award-offered", recipient=acts.user)
    assert parts_of(waits, unsubscribe="").missing
    Representative.objects.create(cluster=cluster, user=person(), level="manager")
    acts.delete()
    told = parts_of(Notice.objects.get(pk=waits.pk), unsubscribe="")
    assert (told.attached, told.missing) == ([], [])
    # Nor does it follow once it is made.
    Notice.objects.filter(pk=waits.pk).update(
        state="sent", sent_at=waits.created_at, letters_follow=True, subject="An award"
    )
    assert render_document(waits.documents.get().pk) is True
    assert actions.send_late_letters(Notice.objects.get(pk=waits.pk)) is None


def test_who_logged_a_session_and_left_the_cluster_does_not_hear_of_it():
    told = voucher_story("plan approved")
    acts = Representative.objects.create(
        cluster=told.voucher.award.application.cluster, user=person(), level="editor"
    )
    session = logged(told, by=acts.user)
    acts.delete()
    return_session(session, reason="It was not held.", by=told.manager)
    assert not Notice.objects.filter(kind="session-returned").exists()


def test_who_proposed_an_end_and_is_no_officer_any_more_does_not_read_why_it_goes_on():
    told = voucher_story("accepted 0")
    ending = proposed(told.voucher, by=told.officer)
    without_role(told.officer)
    refuse_ending(ending, reason="The cluster found another expert.", by=coordinators()[0])
    assert not Notice.objects.filter(kind="voucher-end-refused", recipient=told.officer).exists()


def test_what_staff_were_told_is_no_message_to_a_cluster_once_they_left():
    story, (award,) = awarded(LB)
    officer, coordinator = story.cast.officer("LB"), story.cast.coordinators[0]
    about = award.application
    internal = actions.notify(coordinator, "application-received", facts=FACTS, about=about)
    assert internal not in notices_to_clusters(officer)
    without_role(coordinator)
    assert internal not in notices_to_clusters(officer)
    # What they are told as somebody of a cluster afterwards is one.
    with on(timezone.now() + timedelta(days=1)):
        later = actions.notify(coordinator, "application-received", facts=FACTS, about=about)
    assert later in notices_to_clusters(officer)
    grant_role(User.objects.get(pk=coordinator.pk), Role.ASSESSOR, by=None)
    assert later not in notices_to_clusters(officer)
