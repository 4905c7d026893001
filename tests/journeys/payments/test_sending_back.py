"""An approver has a claim controlled anew; the officer reads why on a phone, and it is approved."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.making import voucher_story
from tests.payments.control.making import cut, line_of
from vouchers.payments.models import Claim

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_a_control_is_sent_back_and_done_anew(visitor):
    told = voucher_story("accepted 0")
    found = cut(told)
    line = f"line-{line_of(found)}"
    approver = visitor(told.cast.coordinators[0])
    approver.open(found.get_absolute_url())
    approver.follow("Send the control back")
    approver.check()
    approver.fill(**{line: "The time sheet is on page 4."})
    approver.press("Send the control back")
    approver.reads("Say why you send it back.")
    approver.reads("Not saved yet")
    assert approver.page.input_value(f"[name={line}]") == "The time sheet is on page 4."
    approver.fill(reason="Please read the annex.")
    approver.press("Send the control back")
    approver.reads("The country partner controls it anew.")
    approver.check()
    officer = visitor(told.officer, width=390)
    officer.open("/")
    officer.reads("Control claims anew that were sent back")
    officer.open(reverse("payments:verify", args=[found.pk]))
    officer.reads("Please read the annex.")
    officer.reads("The time sheet is on page 4.")
    officer.check()
    assert officer.page.input_value(f"[name={line}-deducted]") in {"120.00", "120"}
    officer.fill(**{f"{line}-deducted": "20", "changes": "Page 4 is read."})
    officer.press("Verify the claim")
    officer.reads("Verified. A coordinator approves next.")
    officer.check()
    approver.open(found.get_absolute_url())
    approver.reads("Page 4 is read.")
    approver.press("Approve the claim")
    found = Claim.objects.get(pk=found.pk)
    assert (found.control.number, found.eligible) == (2, 900)
