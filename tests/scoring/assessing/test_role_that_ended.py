"""Somebody was asked to score, and holds no role any more: what they could read is closed to them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import grant_role, revoke_role
from accounts.models import Role, RoleGrant, User
from conduct.actions import NotAllowed, Refused
from notices.models import Notice
from tests.making import LB, LB_SECOND, closed_story
from tests.people import log_in, person
from tests.scoring.assessing.test_scoring import full_scores
from tests.scoring.consensus.differing import HIGH, LOW
from vouchers.scoring.assessing import actions
from vouchers.scoring.assessing.actions import remind_of_assessments
from vouchers.scoring.assessing.models import Consensus
from vouchers.scoring.assessing.queries.consensus import concerned_by, who_submitted
from vouchers.scoring.consensus import actions as consensus_actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return closed_story(LB, LB_SECOND)


def without_role(user):
    """The same person, whose every role an administrator took away."""
    administrator = person(role=Role.ADMINISTRATOR)
    for grant in RoleGrant.objects.filter(user=user, revoked_at=None):
        revoke_role(grant, by=administrator, reason="The contract ended.")
    return User.objects.get(pk=user.pk)


def addresses_of(assignment):
    """Each address by which an assessor reaches an application that they are to score."""
    file = assignment.application.attachments.get()
    return [
        assignment.get_absolute_url(),
        reverse("scoring:attachment", args=[assignment.pk, file.pk]),
        reverse("scoring:preview", args=[assignment.pk, file.pk, 1]),
        reverse("scoring:conflict", args=[assignment.pk]),
        reverse("scoring:decline", args=[assignment.pk]),
        reverse("scoring:correct", args=[assignment.pk]),
        reverse("scoring:session", args=[assignment.pk]),
        reverse("scoring:workbook_download", args=[assignment.application.call.slug]),
    ]


def test_who_lost_the_role_reads_and_scores_nothing_any_more(client, story):
    told, (application, _other) = story
    assignment = told.assign(application, 2)[0]
    assignment = actions.declare_no_conflict(assignment, by=assignment.assessor)
    former = without_role(assignment.assessor)
    log_in(client, former, methods=("password",))
    assert {client.get(one).status_code for one in addresses_of(assignment)} == {404}
    saved = client.post(reverse("scoring:save", args=[assignment.pk]), {})
    assert saved.status_code == 404
    printed = client.post(reverse("scoring:print_sheet", args=[assignment.pk]), {"blank": "1"})
    assert printed.status_code == 404
    assert application.reference not in client.get(reverse("scoring:mine")).content.decode()
    with pytest.raises(NotAllowed):
        actions.save_assessment(assignment, full_scores(told.call), comment="", by=former)
    with pytest.raises(NotAllowed):
        actions.submit_assessment(assignment, by=former)
    # Given back, the role opens it again.
    grant_role(former, Role.ASSESSOR, by=None)
    actions.save_assessment(assignment, full_scores(told.call), comment="", by=former)


def test_an_officer_who_scored_keeps_it_by_no_role_in_another_country(client, story):
    told, (application, _other) = story
    officer = told.cast.officer("LB")
    mine = actions.assign_assessor(application, officer, by=officer)
    former = without_role(officer)
    grant_role(former, Role.OFFICER, country_code="MA", by=None)
    assert log_in(client, former).get(mine.get_absolute_url()).status_code == 404


@pytest.fixture
def differing(story):
    """A consensus that is asked for, with the two who submitted."""
    told, (application, _other) = story
    assignments = told.assign(application, 2)
    for assignment, values in zip(assignments, (HIGH, LOW), strict=True):
        told.score(assignment, values)
    return Consensus.objects.get(application=application), [one.assessor for one in assignments]


def test_who_lost_the_role_takes_no_part_in_a_consensus(client, differing):
    consensus, (leaves, stays) = differing
    page = reverse("scoring:consensus", args=[consensus.application_id])
    assert log_in(client, leaves).get(page).status_code == 200
    former = without_role(leaves)
    assert log_in(client, former, methods=("password",)).get(page).status_code == 404
    with pytest.raises(NotAllowed):
        consensus_actions.write_message(consensus, "Still here.", by=former)
    with pytest.raises(NotAllowed):
        consensus_actions.become_rapporteur(consensus, by=former)
    with pytest.raises(Refused):
        consensus_actions.become_rapporteur(
            consensus, person=former, by=User.objects.get(pk=stays.pk)
        )
    assert set(who_submitted(consensus.application)) == {stays}


def test_of_a_discussion_they_are_told_nothing_whatever_they_wrote_in_it(story, differing):
    told, _applications = story
    consensus, (leaves, stays) = differing
    officer = told.cast.officer("LB")
    for author in (leaves, officer):
        consensus_actions.write_message(consensus, "What I saw.", by=author)
    assert {leaves, stays, officer} <= set(concerned_by(consensus))
    without_role(leaves)
    without_role(officer)
    Notice.objects.all().delete()
    consensus_actions.write_message(consensus, "Only among ourselves.", by=stays)
    hearers = set(
        Notice.objects.filter(kind="consensus-message").values_list("recipient", flat=True)
    )
    assert not hearers & {leaves.pk, officer.pk}


def test_nobody_is_reminded_of_what_is_closed_to_them(story):
    told, (application, _other) = story
    gone, stays = told.assign(application, 2)
    without_role(gone.assessor)
    Notice.objects.all().delete()
    remind_of_assessments(gone.due_at - timedelta(hours=20))
    reminded = set(Notice.objects.filter(kind="scoring-due").values_list("recipient", flat=True))
    assert reminded == {stays.assessor.pk}
    actions.extend_assignment(
        gone,
        due_at=timezone.now() + timedelta(days=30),
        reason="A month more.",
        by=told.cast.officer("LB"),
    )
    assert not Notice.objects.filter(kind="scoring-extended").exists()
