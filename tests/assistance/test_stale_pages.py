"""Plans, deliverables and reports are judged as they are, not as a page showed them."""

import pytest

from conduct.actions import NotAllowed, OutOfOrder, Refused
from tests.assistance.plans.writing import (
    amended,
    newest,
    put_in_force,
    without_second_milestone,
)
from tests.endings.making import ended
from tests.making import pdf, voucher_story
from vouchers.assistance.deliverables import actions as deliverables
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.plans import actions as plans
from vouchers.assistance.plans.models import PlanVersion
from vouchers.assistance.reports import actions as reports
from vouchers.assistance.reports.models import FinalReport
from vouchers.awards.models import Voucher

pytestmark = pytest.mark.django_db


def test_a_plan_that_was_approved_meanwhile_is_not_returned():
    told = voucher_story("plan submitted")
    seen = newest(told)
    plans.approve_for_partner(newest(told), by=told.officer)
    with pytest.raises(OutOfOrder, match="in force"):
        plans.return_version(seen, reason="Too dear.", by=told.officer)
    assert newest(told).state == PlanVersion.State.IN_FORCE


def test_a_plan_of_a_voucher_that_was_terminated_meanwhile_is_not_approved():
    told = voucher_story("plan submitted")
    seen = newest(told)
    assert seen.plan.voucher.state == Voucher.State.ACTIVE
    ended(told.voucher)
    with pytest.raises(OutOfOrder, match="terminated"):
        plans.approve_for_partner(seen, by=told.officer)
    assert newest(told).state == PlanVersion.State.SUBMITTED


def test_nothing_is_handed_in_for_a_milestone_as_an_old_page_had_it():
    """The page read a milestone that stood; an amendment has removed it since."""
    told = voucher_story("plan approved")
    seen = told._milestone(1)
    amended(told)
    without_second_milestone(told)
    put_in_force(told)
    assert seen.is_in_force
    with pytest.raises(OutOfOrder, match="not in the plan any more"):
        deliverables.hand_in_deliverable(seen, summary="Done.", uploads=[pdf()], by=told.manager)
    assert not Deliverable.objects.exists()


def test_a_deliverable_that_the_cluster_accepted_meanwhile_is_no_longer_its_to_return():
    told = voucher_story("handed in 0")
    seen = Deliverable.objects.select_related("milestone__plan__voucher").get()
    deliverables.accept_deliverable_for_cluster(Deliverable.objects.get(), by=told.manager)
    with pytest.raises(NotAllowed):
        deliverables.return_deliverable(seen, reason="A chapter is missing.", by=told.manager)
    with pytest.raises((OutOfOrder, Refused)):
        deliverables.accept_deliverable_for_cluster(seen, by=told.manager)
    assert Deliverable.objects.get().state == Deliverable.State.CLUSTER_ACCEPTED


def test_a_report_that_was_accepted_meanwhile_is_not_returned():
    told = voucher_story("reported")
    seen = FinalReport.objects.select_related("voucher").get()
    FinalReport.objects.update(state=FinalReport.State.ACCEPTED, accepted_by=told.officer)
    with pytest.raises(OutOfOrder):
        reports.return_report(seen, reason="Too short.", by=told.officer)
    assert FinalReport.objects.get().state == FinalReport.State.ACCEPTED
