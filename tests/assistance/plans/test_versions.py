"""A plan in versions: sent, returned at the line, approved, in force, amended."""

import pytest
from django.utils import timezone

from accounts.models import Role, RoleGrant, User
from clusters.models import Representative
from conduct.actions import NotAllowed, OutOfOrder, Refused
from documents.models import Document
from drafts.actions import RemarkInput
from notices.models import Notice
from tests.assistance.plans.writing import (
    DELIVERABLES,
    LINES,
    MILESTONES,
    changed,
    in_days,
    newest,
    put_in_force,
    rows,
)
from tests.making import MA, voucher_story
from vouchers.assistance.plans import actions
from vouchers.assistance.plans.models import Milestone, Plan, PlanVersion
from vouchers.assistance.plans.queries import plan_of, remarks_before
from vouchers.calls.models import Call
from vouchers.providers.models import Provider

pytestmark = pytest.mark.django_db
State = PlanVersion.State


def test_the_plan_follows_the_needs_assessment():
    told = voucher_story()
    with pytest.raises(OutOfOrder, match="needs assessment"):
        actions.begin_plan(told.voucher, by=told.manager)
    assert not Plan.objects.exists()


def test_what_is_sent_becomes_facts_and_what_is_in_force_becomes_milestones():
    told = voucher_story("plan submitted")
    sent = newest(told)
    assert sent.total == told.voucher.amount
    assert [line.amount for line in sent.lines.all()] == [2400, 600, 1600, 400]
    assert not Milestone.objects.exists()
    actions.approve_for_partner(sent, by=told.officer)
    milestones = Milestone.objects.all()
    assert [(one.number, one.amount, one.days) for one in milestones] == [
        (1, 3000, 5),
        (2, 2000, 5),
    ]
    plan = plan_of(told.voucher)
    assert plan.in_force == newest(told)
    assert Document.objects.filter(kind="plan").count() == 3
    assert Notice.objects.get(kind="plan-approved").recipient == told.manager


@pytest.mark.parametrize(
    ("part", "place", "cells", "sentence"),
    [
        (
            LINES,
            1,
            {"amount": "600.01"},
            r"add up to 5,000\.01 EUR; the voucher is worth 5,000\.00",
        ),
        (MILESTONES, 0, {"days": "0"}, "“Days of expertise” must be more than zero"),
        (MILESTONES, 0, {"days": "0.3"}, "in quarters"),
        (LINES, 0, {"days": "0.3"}, "in quarters"),
        (LINES, 0, {"rate": "-480"}, "“Rate per day .EUR.” must be more than zero"),
        (LINES, 0, {"rate": "four hundred"}, "not a number"),
        (
            MILESTONES,
            0,
            {"due_on": in_days(2000)},
            "outside the validity of the voucher, which ends",
        ),
        (
            MILESTONES,
            0,
            {"due_on": in_days(-900)},
            "outside the validity of the voucher, which begins",
        ),
        (MILESTONES, 0, {"due_on": "soon"}, "not a day"),
        (DELIVERABLES, 0, {"milestone": ""}, "“For the milestone” is missing"),
        (1, 0, {"aim": " "}, "“What the voucher will change” is missing"),
    ],
)
def test_what_does_not_add_up_stays_a_draft_as_it_was_typed(part, place, cells, sentence):
    told = voucher_story("plan drafted")
    draft = changed(told, part, place, **cells)
    with pytest.raises(Refused, match=sentence):
        actions.submit_version(draft, by=told.manager)
    assert newest(told).state == State.DRAFT
    assert cells.items() <= rows(told)[part][place].items()


def test_an_empty_plan_is_not_sent():
    told = voucher_story("needs")
    draft = actions.begin_plan(told.voucher, by=told.manager)
    assert actions.begin_plan(told.voucher, by=told.manager) == draft
    with pytest.raises(Refused):
        actions.submit_version(draft, by=told.manager)
    codes = {problem.code for problem in actions.problems_of_draft(draft)}
    assert {"missing", "no_objective", "no_milestone", "no_result"} <= codes


def test_a_provider_of_another_country_is_refused_and_none_may_be_found_later():
    told = voucher_story("plan drafted")
    foreign = Provider.objects.create(name="Atlas Conseil", country_id=MA.country)
    draft = changed(told, 1, 0, provider=str(foreign.pk))
    with pytest.raises(Refused, match="registered"):
        actions.submit_version(draft, by=told.manager)
    draft = changed(told, 1, 0, provider="")
    assert actions.submit_version(draft, by=told.manager).provider is None


def test_a_return_says_why_at_the_line_and_the_next_version_begins_from_it():
    told = voucher_story("plan submitted")
    sent = newest(told)
    line = rows(told)[LINES][0]
    draft = actions.return_version(
        sent,
        reason="Name the people.",
        remarks=[RemarkInput(LINES, "Too dear.", line["key"]), RemarkInput(MILESTONES, " ")],
        by=told.officer,
    )
    assert (draft.number, draft.state, draft.based_on) == (2, State.DRAFT, sent)
    assert rows(told)[LINES][0] == line
    remarks = remarks_before(draft)
    assert [one.text for one in remarks[LINES, line["key"]]] == ["Too dear."]
    assert len(remarks) == 1
    assert Notice.objects.get(kind="plan-returned").facts["reason"] == "Name the people."
    changed(told, LINES, 0, rate="450")
    assert put_in_force(told).number == 2
    sent.refresh_from_db()
    assert (sent.state, sent.lines.first().rate) == (State.RETURNED, 480)


def test_nothing_is_returned_without_a_word():
    told = voucher_story("plan submitted")
    with pytest.raises(Refused, match="Say why"):
        actions.return_version(newest(told), reason=" ", by=told.officer)
    key = rows(told)[LINES][0]["key"]
    draft = actions.return_version(
        newest(told), reason="", remarks=[RemarkInput(LINES, "Why?", key)], by=told.officer
    )
    assert draft.based_on.return_reason == "See the remarks at the lines."


def test_an_old_version_is_not_approved():
    told = voucher_story("plan submitted")
    old = newest(told)
    actions.return_version(old, reason="Mend it.", by=told.officer)
    actions.submit_version(newest(told), by=told.manager)
    with pytest.raises(OutOfOrder, match="This is version 1 of the plan; the newest is version 2"):
        actions.approve_for_partner(old, by=told.officer)
    assert newest(told).state == State.SUBMITTED


def takes_up(person, role, **where):
    """The person leaves every cluster and holds a role."""
    Representative.objects.filter(user=person).delete()
    giver, other = User.objects.filter(role_grants__role=Role.COORDINATOR)[:2]
    RoleGrant.objects.create(
        user=person,
        role=role,
        granted_by=giver,
        confirmed_by=other,
        confirmed_at=timezone.now(),
        **where,
    )


def test_who_sent_it_does_not_approve_it():
    told = voucher_story("plan submitted")
    takes_up(told.manager, Role.OFFICER, country_code="LB")
    with pytest.raises(Refused, match="A second person must do this"):
        actions.approve_for_partner(newest(told), by=told.manager)
    assert newest(told).state == State.SUBMITTED


def test_who_approved_for_the_partner_does_not_approve_for_the_programme():
    told = voucher_story("plan submitted")
    Call.objects.update(plans_to_coordinator=True)
    version = actions.approve_for_partner(newest(told), by=told.officer)
    takes_up(told.officer, Role.COORDINATOR)
    with pytest.raises(Refused, match="A second person must do this"):
        actions.approve_for_programme(version, by=told.officer)


def test_a_coordinator_approves_too_where_the_call_says_so():
    told = voucher_story("plan submitted")
    Call.objects.update(plans_to_coordinator=True)
    first, second = told.cast.coordinators[:2]
    version = actions.approve_for_partner(newest(told), by=told.officer)
    assert version.state == State.PARTNER_APPROVED
    assert not Milestone.objects.exists()
    assert {first, second} <= {
        told_of.recipient for told_of in Notice.objects.filter(kind="plan-to-approve")
    }
    with pytest.raises(NotAllowed):
        actions.approve_for_programme(version, by=told.officer)
    version = actions.approve_for_programme(version, by=first)
    assert (version.state, version.coordinator_approved_by) == (State.IN_FORCE, first)
    assert Milestone.objects.count() == 2


def test_a_coordinator_may_return_it_too():
    told = voucher_story("plan submitted")
    Call.objects.update(plans_to_coordinator=True)
    version = actions.approve_for_partner(newest(told), by=told.officer)
    with pytest.raises(NotAllowed):
        actions.return_version(version, reason="No.", by=told.officer)
    draft = actions.return_version(version, reason="Fewer days.", by=told.cast.coordinators[0])
    assert draft.number == 2


def test_what_was_sent_can_be_taken_back_and_goes_on_as_a_draft():
    told = voucher_story("plan submitted")
    sent = newest(told)
    draft = actions.take_back_version(sent, by=told.manager)
    assert (draft.number, draft.state) == (2, State.DRAFT)
    sent.refresh_from_db()
    assert sent.state == State.WITHDRAWN
    with pytest.raises(Refused, match="not dropped"):
        actions.take_back_version(draft, by=told.manager)


def test_two_who_write_one_part_are_told_and_neither_is_overwritten():
    told = voucher_story("plan drafted")
    draft = newest(told)
    typed = rows(told)
    mine = {LINES: [{**typed[LINES][0], "text": "Mine"}]}
    theirs = {LINES: [{**typed[LINES][0], "text": "Theirs"}]}
    assert actions.save_parts(draft, theirs, seen={LINES: 1}, by=told.manager) == []
    (overtaken,) = actions.save_parts(draft, mine, seen={LINES: 1}, by=told.manager)
    assert (overtaken.part, overtaken.theirs.rows[0]["text"]) == (LINES, "Theirs")
    assert rows(told)[LINES][0]["text"] == "Theirs"
