"""What still waited when a voucher ended waits no more, however it ended."""

from __future__ import annotations

import pytest

from accounts.models import User
from dashboards.queries.worklist import worklist_of
from notices.models import Notice
from tests.assistance.needs.meeting import agreed, ahead, proposed
from tests.assistance.plans.writing import amended, newest, without_second_milestone
from tests.endings.making import agreed as agreed_to
from tests.endings.making import asked, coordinators, drawn_up, ended
from tests.endings.making import proposed as end_proposed
from tests.making import voucher_story
from tests.providers.quotes.asking import NAMES, asking
from vouchers.assistance.needs.models import Meeting
from vouchers.assistance.plans.actions import submit_version
from vouchers.awards.models import Voucher
from vouchers.endings.amendments.models import Amendment
from vouchers.endings.models import Extension
from vouchers.endings.queries import endings_to_decide, vouchers_to_wind_up
from vouchers.endings.tasks import watch_vouchers
from vouchers.payments import actions
from vouchers.providers.quotes.models import TermsOfReference

pytestmark = pytest.mark.django_db


def closed(told):
    """The reported voucher, closed by its officer."""
    actions.accept_report(told.voucher.final_report, by=told.officer)
    return Voucher.objects.get(pk=told.voucher.pk)


def test_more_time_of_a_closed_voucher_is_asked_for_no_more():
    told = voucher_story("reported")
    extension = agreed_to(told.voucher)
    amendment = drawn_up(told.voucher)
    closed(told)
    assert list(vouchers_to_wind_up()) == [told.voucher]
    # The amendment lapses by itself, the request with it.
    assert watch_vouchers() == 2
    assert Extension.objects.get(pk=extension.pk).state == "withdrawn"
    assert Amendment.objects.get(pk=amendment.pk).state == "lapsed"
    assert not vouchers_to_wind_up().exists()
    assert watch_vouchers() == 0


def test_while_a_voucher_goes_on_nothing_is_closed():
    told = voucher_story("reported")
    asked(told)
    agreed(told)
    assert watch_vouchers() == 0
    assert Extension.objects.get().state == "asked"


@pytest.mark.parametrize("ends", ["closed", "terminated"])
def test_a_meeting_ahead_is_cancelled_in_every_calendar(ends):
    told = voucher_story("reported" if ends == "closed" else "plan approved")
    meeting = agreed(told, ahead(40))
    open_one = proposed(told, ahead(50))
    ended(told.voucher) if ends == "terminated" else closed(told)
    watch_vouchers()
    meeting, open_one = (Meeting.objects.get(pk=one.pk) for one in (meeting, open_one))
    assert (meeting.state, open_one.state) == ("cancelled", "cancelled")
    assert (meeting.sequence, meeting.cancelled_by) == (1, None)
    assert meeting.cancel_reason == "The voucher has ended."
    told_of = Notice.objects.filter(kind="meeting-cancelled", recipient=told.manager)
    # The one that had a time, and the one that had none.
    assert sorted(one.calendar_method for one in told_of) == ["", "CANCEL"]


def test_providers_are_asked_for_quotes_no_more():
    made = asking()
    ended(made.told.voucher)
    terms = TermsOfReference.objects.get()
    assert (terms.state, terms.end_reason) == ("ended", "The voucher has ended.")
    assert terms.invitations.count() == len(NAMES)


def test_nobody_is_asked_to_decide_what_cannot_be_decided_any_more():
    told = voucher_story("accepted 0")
    amended(told)
    without_second_milestone(told)
    submit_version(newest(told), by=told.manager)
    officer = User.objects.get(pk=told.officer.pk)
    waits = {work.name for work in worklist_of(officer) if work.number}
    assert "plans" in waits
    ended(told.voucher)
    left = {work.name for work in worklist_of(officer) if work.number}
    assert "plans" not in left


def test_nor_on_an_early_end_of_a_voucher_that_was_closed():
    told = voucher_story("reported")
    end_proposed(told.voucher)
    other = coordinators()[1]
    assert endings_to_decide(other).exists()
    closed(told)
    assert not endings_to_decide(other).exists()
