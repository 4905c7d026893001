"""A plan that is amended after the start: the old version holds until the new one is in force."""

from decimal import Decimal

import pytest
from django.urls import reverse

from conduct.actions import OutOfOrder, Refused
from documents.models import Document
from tests.assistance.plans.writing import (
    LINES,
    amended,
    changed,
    newest,
    put_in_force,
    without_second_milestone,
)
from tests.making import pdf, voucher_story
from tests.people import log_in
from vouchers.assistance.deliverables import actions as deliverables
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.plans import actions
from vouchers.assistance.plans.models import Milestone, PlanVersion
from vouchers.assistance.plans.queries import plan_of
from vouchers.providers.models import Provider

pytestmark = pytest.mark.django_db
State = PlanVersion.State


def test_an_amendment_leaves_the_old_version_in_force_until_it_is_approved():
    told = voucher_story("plan approved")
    first = Milestone.objects.get(number=1)
    draft = amended(told)
    assert (draft.amendment, draft.reason) == ("budget", "The training grew.")
    with pytest.raises(OutOfOrder, match="being written"):
        amended(told)
    changed(told, LINES, 0, rate="440")
    changed(told, LINES, 3, amount="600.00")
    actions.submit_version(newest(told), by=told.manager)
    first.refresh_from_db()
    assert first.amount == 3000
    assert plan_of(told.voucher).in_force.number == 1
    actions.approve_for_partner(newest(told), by=told.officer)
    first.refresh_from_db()
    assert first.amount == 2800
    assert Milestone.objects.get(number=2).amount == 2200
    states = list(PlanVersion.objects.order_by("number").values_list("state", flat=True))
    assert states == [State.REPLACED, State.IN_FORCE]
    current = Document.objects.filter(kind="plan", validity="current")
    assert {paper.facts["version"] for paper in current} == {2}


def test_the_draft_of_an_amendment_can_be_dropped():
    told = voucher_story("plan approved")
    assert actions.take_back_version(amended(told), by=told.manager) is None
    assert plan_of(told.voucher).in_force.number == 1
    assert amended(told).number == 3


def test_a_deliverable_of_a_milestone_that_an_amendment_removed_is_refused_in_words():
    told = voucher_story("plan approved")
    second = Milestone.objects.get(number=2)
    told._hand_in(1)
    amended(told)
    without_second_milestone(told)
    put_in_force(told)
    second.refresh_from_db()
    assert second.removed_in == newest(told)
    with pytest.raises(OutOfOrder, match=r"is not in the plan any more: version 2, in force since"):
        deliverables.hand_in_deliverable(second, summary="x", uploads=[pdf()], by=told.manager)
    with pytest.raises(OutOfOrder, match="not in the plan any more"):
        deliverables.accept_deliverable_for_cluster(Deliverable.objects.get(), by=told.manager)


def test_a_milestone_that_is_delivered_and_accepted_stays():
    told = voucher_story("plan approved")
    for step in ("_hand_in", "accept_as_cluster", "_accept"):
        getattr(told, step)(1)
    amended(told)
    without_second_milestone(told)
    with pytest.raises(Refused, match="cannot be taken out: it is delivered and accepted"):
        actions.submit_version(newest(told), by=told.manager)


def test_a_milestone_does_not_fall_under_what_is_claimed_of_it():
    told = voucher_story("claimed 0")
    claimed = Milestone.objects.get(number=1).claimed
    assert claimed == told.voucher.claims.get().amount == Decimal("3000.00")
    amended(told)
    changed(told, LINES, 0, rate="479")
    with pytest.raises(Refused, match=r"cannot be worth less than the 3,000\.00 EUR"):
        actions.submit_version(newest(told), by=told.manager)


def test_what_is_claimed_after_an_amendment_was_sent_stops_its_approval():
    told = voucher_story("accepted 0")
    amended(told)
    changed(told, LINES, 0, rate="300")
    actions.submit_version(newest(told), by=told.manager)
    told._claim(0)
    with pytest.raises(OutOfOrder, match="cannot be worth less"):
        actions.approve_for_partner(newest(told), by=told.officer)
    assert plan_of(told.voucher).in_force.number == 1


def test_another_provider_is_paid_for_what_is_claimed_after_the_amendment():
    told = voucher_story("claimed 0")
    before = told.voucher.claims.get()
    other = Provider.objects.create(name="Sidon Experts", country_id="LB")
    amended(told, kind="provider", reason="The first one closed.")
    changed(told, 1, 0, provider=str(other.pk))
    put_in_force(told)
    for step in ("_hand_in", "accept_as_cluster", "_accept", "_claim"):
        getattr(told, step)(1)
    before.refresh_from_db()
    later = told.voucher.claims.exclude(pk=before.pk).get()
    assert (before.provider, later.provider) == (told.provider, other)


def test_nothing_is_claimed_while_nobody_is_found_who_delivers():
    told = voucher_story("plan drafted")
    changed(told, 1, 0, provider="")
    put_in_force(told)
    for step in ("_hand_in", "accept_as_cluster", "_accept"):
        getattr(told, step)(0)
    with pytest.raises(OutOfOrder, match="names no provider"):
        told._claim(0)


def test_whoever_holds_the_paper_of_a_plan_reads_which_version_is_in_force(client):
    told = voucher_story("plan approved")
    first = Document.objects.get(kind="plan", language="en")
    assert "1, the version in force" in verified(client, first)
    amended(told)
    changed(told, LINES, 0, rate="440")
    put_in_force(told)
    assert "1; in force is version 2, issued on" in verified(client, first)
    second = Document.objects.get(kind="plan", language="en", validity="current")
    assert "2, the version in force" in verified(client, second)


def verified(client, paper):
    return client.get(reverse("documents:verify", args=[paper.grouped_code])).content.decode()


def test_the_agreement_names_the_version_that_is_in_force(client):
    told = voucher_story("plan approved")
    changed_draft = amended(told)
    changed(told, LINES, 0, rate="440")
    changed(told, LINES, 3, amount="600.00")
    log_in(client, told.cast.coordinators[0])
    pages = [told.voucher.get_absolute_url(), told.voucher.award.get_absolute_url()]
    for page in pages:
        # What is written only is not yet under it.
        shown = panel_of(client, page)
        assert "Version 1" in shown
        assert "Version 2" not in shown
    actions.submit_version(newest(told), by=told.manager)
    actions.approve_for_partner(newest(told), by=told.officer)
    paper = Document.objects.get(kind="plan", validity="current", language="en")
    for page in pages:
        shown = panel_of(client, page)
        assert "Version 2" in shown
        assert str(told.officer) in shown
        assert paper.grouped_code in shown
    agreement = Document.objects.filter(kind="agreement", validity="current").first()
    assert agreement is not None
    assert paper.facts["agreement_day"]
    assert "Agreement signed on" in verified(client, paper)
    assert changed_draft.number == 2


def panel_of(client, page):
    """What stands beside “The plan under it”, on the page of a voucher or an award."""
    text = client.get(page).content.decode()
    return text.split("The plan under it")[1].split("</dd>")[0]
