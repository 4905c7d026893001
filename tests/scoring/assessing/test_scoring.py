"""Conflict first, blind, final: how assessors score."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.actions import grant_role
from conduct.actions import NotAllowed, OutOfOrder, Refused
from notices.models import Notice
from tests.making import LB, LB_SECOND, closed_story
from tests.people import log_in
from vouchers.applications.actions import withdraw_application
from vouchers.applications.queries import applications_visible_to
from vouchers.scoring.assessing import actions
from vouchers.scoring.assessing.actions import ScoreInput
from vouchers.scoring.assessing.models import Assessment, Assignment
from vouchers.scoring.ranking.queries import ranked_by_country

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return closed_story(LB, LB_SECOND)


@pytest.fixture
def assignment(story):
    told, (application, _other) = story
    return told.assign(application, 2)[0]


def full_scores(call, value="4"):
    return {
        criterion.pk: ScoreInput(Decimal(value), "Because it is clear.")
        for criterion in call.criteria.all()
    }


def test_the_content_is_closed_until_a_declaration(client, assignment):
    log_in(client, assignment.assessor)
    page = client.get(assignment.get_absolute_url()).content.decode()
    assert LB.mission not in page
    assert "Do you have a conflict of interest" in page
    attachment = assignment.application.attachments.get()
    address = reverse("scoring:attachment", args=[assignment.pk, attachment.pk])
    assert client.get(address).status_code == 404
    assignment = actions.declare_no_conflict(assignment, by=assignment.assessor)
    assert LB.voucher_use in client.get(assignment.get_absolute_url()).content.decode()
    assert client.get(address).status_code == 200


def test_a_conflict_shuts_out_for_good_files_too_and_the_partner_is_told(client, story, assignment):
    told, _applications = story
    attachment = assignment.application.attachments.get()
    assignment = actions.declare_no_conflict(assignment, by=assignment.assessor)
    actions.declare_conflict(
        assignment, kind="family", conflict="My sister works there.", by=assignment.assessor
    )
    log_in(client, assignment.assessor)
    address = reverse("scoring:attachment", args=[assignment.pk, attachment.pk])
    assert client.get(address).status_code == 404
    with pytest.raises(NotAllowed):
        actions.save_assessment(assignment, {}, comment="", by=assignment.assessor)
    notice = Notice.objects.get(kind="conflict-declared")
    assert notice.recipient == told.cast.officer("LB")
    again = log_in(client, told.cast.officer("LB")).get(
        reverse("scoring:application", args=[assignment.application.pk])
    )
    choices = again.context["form"].fields["assessor"].queryset
    assert assignment.assessor not in choices


def test_a_conflict_found_later_names_its_kind_and_keeps_what_was_typed(client, assignment):
    assessor = assignment.assessor
    actions.declare_no_conflict(assignment, by=assessor)
    address = reverse("scoring:conflict", args=[assignment.pk])
    log_in(client, assessor)
    form = client.get(address).context["form"]
    assert form["kind"].value() is None
    assert next(iter(form.fields["kind"].choices)) == ("", "—")
    answer = client.post(address, {"kind": "", "conflict": "My sister works there."})
    assert [*answer.context["form"].errors] == ["kind"]
    page = answer.content.decode()
    assert "My sister works there." in page
    assert assignment.application.reference in page
    assert Assignment.objects.get(pk=assignment.pk).state == Assignment.State.CLEARED


def test_an_officer_with_a_conflict_no_longer_finds_the_application(story):
    told, (application, _other) = story
    officer = told.cast.officer("LB")
    mine = actions.assign_assessor(application, officer, by=officer)
    assert application in applications_visible_to(officer)
    actions.declare_conflict(mine, kind="employment", conflict="I sit on its board.", by=officer)
    assert application not in applications_visible_to(officer)


def test_nobody_sees_another_assessment_before_submitting_their_own(client, story):
    told, (application, _other) = story
    officer = told.cast.officer("LB")
    first = told.assign(application, 1)[0]
    told.score(first, ("4", "4", "4"))
    mine = actions.assign_assessor(application, officer, by=officer)
    address = reverse("scoring:application", args=[application.pk])
    log_in(client, officer)
    assert "Clear and convincing" not in client.get(address).content.decode()
    mine = actions.declare_no_conflict(mine, by=officer)
    actions.save_assessment(mine, full_scores(told.call), comment="", by=officer)
    assert "Clear and convincing" not in client.get(address).content.decode()
    actions.submit_assessment(mine, by=officer)
    assert "Clear and convincing" in client.get(address).content.decode()


def test_a_draft_of_scores_is_kept_and_is_no_score_yet(story, assignment):
    told, _applications = story
    assignment = actions.declare_no_conflict(assignment, by=assignment.assessor)
    first = told.call.criteria.first()
    actions.save_assessment(
        assignment, {first.pk: ScoreInput(Decimal(4), "")}, comment="Half", by=assignment.assessor
    )
    with pytest.raises(Refused, match="give the reason"):
        actions.submit_assessment(assignment, by=assignment.assessor)
    assert all(not ranking.places for ranking in ranked_by_country(told.call))


def test_submitted_scores_are_final(story, assignment):
    told, _applications = story
    told.score(assignment, ("4", "4", "4"))
    assignment.refresh_from_db()
    with pytest.raises(OutOfOrder, match="Take them up again"):
        actions.save_assessment(
            assignment, full_scores(told.call, "5"), comment="", by=assignment.assessor
        )
    scores = Assessment.objects.get(assignment=assignment).scores
    assert set(scores.values_list("value", flat=True)) == {Decimal("4.00")}


def test_a_score_off_the_scale_is_refused(story, assignment):
    told, _applications = story
    assignment = actions.declare_no_conflict(assignment, by=assignment.assessor)
    with pytest.raises(Refused, match="from 1 to 5"):
        actions.save_assessment(
            assignment, full_scores(told.call, "4.3"), comment="", by=assignment.assessor
        )


def test_what_is_withdrawn_cannot_be_scored(story):
    told, (application, _other) = story
    withdraw_application(application, reason="No.", by=application.submitted_by)
    with pytest.raises(OutOfOrder, match="withdrawn"):
        told.assign(application, 1)


def test_an_applicant_of_the_call_cannot_be_its_assessor(story):
    told, (application, other) = story
    with pytest.raises(Refused, match="represents a cluster"):
        grant_role(other.submitted_by, "assessor", by=None)
    with pytest.raises(Refused, match="cannot score"):
        actions.assign_assessor(application, other.submitted_by, by=told.cast.officer("LB"))


def test_who_was_asked_reads_only_what_was_asked_of_them(client, story, assignment):
    told, (_application, other) = story
    theirs = told.assign(other, 2)[1]
    log_in(client, assignment.assessor)
    assert client.get(theirs.get_absolute_url()).status_code == 404
    assert client.get(other.get_absolute_url()).status_code == 404
    assert Assignment.objects.filter(assessor=assignment.assessor).count() == 2
