"""The pages by which a control is sent back and done anew, also where two people have one open."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.payments.control.making import CUT, cut, line_of
from tests.payments.control.test_sending_back import REASON, anew
from tests.payments.making import claim
from tests.people import log_in
from vouchers.books.models import LedgerEntry
from vouchers.payments import actions
from vouchers.payments.control.actions import write_checklist
from vouchers.payments.models import Claim

pytestmark = pytest.mark.django_db


def test_the_boxes_hold_what_the_former_control_said(client, delivered):
    one = delivered.cast.coordinators[0]
    questions = [{"en": "All there?", "fr": "Tout y est ?", "ar": "هل كلّ شيء موجود؟"}]
    call = delivered.voucher.award.application.call
    write_checklist(call, questions, by=one)
    asked = claim(delivered._milestone(0), delivered.manager, amount="1000.00")
    line = line_of(asked)
    answer = actions.CheckAnswer("no", "One page is missing.")
    found = actions.verify_claim(asked, by=delivered.officer, found={line: CUT}, answers=[answer])
    found = actions.send_back(found, reason=REASON, remarks={line: "Page 4."}, by=one)
    # A newer checklist that asks the same, and more.
    more = {"en": "Readable?", "fr": "Lisible ?", "ar": "هل هو مقروء؟"}
    write_checklist(call, [more, *questions], by=one)
    log_in(client, delivered.officer)
    address = reverse("payments:verify", args=[found.pk])
    page = client.get(address)
    held = page.context["form"].initial
    assert held[f"line-{line}-deducted"] == 120
    assert held[f"line-{line}-park_reason"] == "The train ticket is to follow."
    assert (held["answer-1-answer"], held["answer-1-remark"]) == ("no", "One page is missing.")
    text = page.content.decode()
    for shown in (
        REASON,
        "Page 4.",
        "One page is missing.",
        "120.00",
        "No time sheet for one day.",
    ):
        assert shown in text, shown
    typed = {
        "seen": page.context["mark"],
        f"line-{line}-deducted": "20",
        f"line-{line}-error_type": "evidence",
        f"line-{line}-reason": "Half a day.",
        "answer-0-answer": "yes",
        "answer-1-answer": "yes",
    }
    refused = client.post(address, typed).content.decode()
    assert "Say what you changed" in refused
    assert "Half a day." in refused
    client.post(address, typed | {"changes": "Annex read."})
    found = Claim.objects.get(pk=found.pk)
    assert (found.state, found.eligible, found.control.reason) == ("verified", 980, "Annex read.")


def test_an_approver_sends_it_back_on_its_page_and_everybody_reads_whose_turn_it_is(
    client, delivered
):
    found = cut(delivered)
    one = delivered.cast.coordinators[0]
    address = reverse("control:send_back", args=[found.pk])
    log_in(client, delivered.officer)
    assert address not in client.get(found.get_absolute_url()).content.decode()
    assert client.get(address).status_code == 403
    log_in(client, one)
    assert address in client.get(found.get_absolute_url()).content.decode()
    assert "and the cluster read it" in client.get(address).content.decode()
    typed = {"seen": found.control_id, f"line-{line_of(found)}": "Page 4."}
    refused = client.post(address, typed).content.decode()
    assert "Say why you send it back." in refused
    assert "Page 4." in refused
    client.post(address, typed | {"reason": REASON})
    text = client.get(found.get_absolute_url()).content.decode()
    for shown in (REASON, "Page 4.", "it counts no more", "the country partner", "sent back"):
        assert shown in text, shown
    assert "Control sent back" in text  # its history
    log_in(client, delivered.officer)
    assert "Control claims anew" in client.get("/").content.decode()
    page = client.get(found.get_absolute_url())
    assert page.context["step"].whose == "you"
    # As the form says to whoever writes it.
    log_in(client, delivered.manager)
    text = client.get(found.get_absolute_url()).content.decode()
    assert REASON in text
    assert "Page 4." in text
    log_in(client, delivered.officer)
    listed = client.get(reverse("payments:claim_list"), {"state": "sent_back"}).content.decode()
    assert found.get_absolute_url() in listed


def test_nobody_decides_on_a_control_that_they_have_not_read(client, delivered):
    """Two pages are open; behind them the control is sent back, and done anew."""
    found = cut(delivered)
    one, other = delivered.cast.coordinators
    approve = reverse("payments:approve", args=[found.pk])
    back = reverse("control:send_back", args=[found.pk])
    log_in(client, one)
    read = f'name="seen" value="{found.control_id}"'
    assert read in client.get(found.get_absolute_url()).content.decode()
    assert read in client.get(back).content.decode()
    seen = {"seen": found.control_id}
    found = anew(delivered, actions.send_back(found, reason=REASON, by=other))
    for said in (seen, {}, {"seen": "x"}):
        told = client.post(approve, said, follow=True).content.decode()
        assert "controlled anew meanwhile" in told
    typed = {"reason": "Half a day?", f"line-{line_of(found)}": "Page 5."}
    told = client.post(back, seen | typed).content.decode()
    assert "controlled anew meanwhile" in told
    assert "Half a day?" in told
    assert "Page 5." in told
    assert not LedgerEntry.objects.filter(source_type="claim").exists()
    client.post(approve, {"seen": found.control_id})
    assert Claim.objects.get().state == "approved"


def test_what_is_typed_is_kept_where_a_colleague_was_quicker(client, delivered):
    found = cut(delivered)
    one, other = delivered.cast.coordinators
    typed = {"reason": "Half a day?", f"line-{line_of(found)}": "Page 5."}
    back = reverse("control:send_back", args=[found.pk])
    log_in(client, one)
    seen = {"seen": found.control_id}
    found = actions.send_back(found, reason=REASON, by=other)
    told = client.post(back, seen | typed).content.decode()
    assert "Half a day?" in told
    assert "Page 5." in told
    log_in(client, delivered.officer)
    address = reverse("payments:verify", args=[found.pk])
    assert 'name="changes"' in client.get(address).content.decode()
    anew(delivered, found)
    told = client.post(address, {"changes": "I read the annex."}).content.decode()
    assert "I read the annex." in told
