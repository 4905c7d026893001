"""What an audit finds: decided by two, never more than is still paid of a line, recovered in parts."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from conduct.actions import NotAllowed, OutOfOrder, Refused
from dashboards.queries.worklist import worklist_of
from demonstration.clock import noon, on
from documents.models import Document
from notices.models import Notice
from tests.endings.making import ahead
from tests.making import today_there
from tests.payments.ledger.making import held_by, the_books_hold
from tests.people import log_in
from vouchers.awards.models import Voucher
from vouchers.payments.recoveries import actions
from vouchers.payments.recoveries.models import Correction

from .correcting import announced, proposed, received, two_milestones, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    return two_milestones()


def test_two_people_decide_and_the_ledger_says_what_is_to_come_back(told):
    story, claim = told
    found = proposed(story, claim)
    before = Voucher.objects.get(pk=story.voucher.pk)
    with pytest.raises(NotAllowed):
        actions.decide_correction(found, by=story.cast.finance[0])
    with pytest.raises(NotAllowed):
        actions.decide_correction(found, by=story.manager)
    assert held_by(story.voucher)["bank"] == Decimal("3000.00")
    actions.decide_correction(found, by=story.cast.coordinators[0])
    held = held_by(story.voucher)
    assert (held["bank"], held["receivable"]) == (Decimal("2800.00"), Decimal("200.00"))
    voucher = Voucher.objects.get(pk=story.voucher.pk)
    assert (voucher.paid, voucher.balance) == (before.paid, before.balance)
    assert Notice.objects.filter(kind="payment-correction-announced").exists()
    the_books_hold()


def test_no_more_is_corrected_than_is_still_paid_of_the_line(told):
    story, claim = told
    with pytest.raises(Refused, match="still paid") as refused:
        proposed(story, claim, "3000.01")
    assert refused.value.field == f"line_{claim.lines.get().pk}"
    announced(story, claim, "2900.00")
    with pytest.raises(Refused, match="still paid"):
        proposed(story, claim, "100.01")
    # What is not taken counts no more.
    last = proposed(story, claim, "100.00")
    actions.refuse_correction(last, reason="Shown to be right", by=story.cast.coordinators[0])
    assert proposed(story, claim, "100.00").reference.endswith("-C3")
    the_books_hold()


@pytest.mark.parametrize(
    "changed",
    [
        {"letter": " "},
        {"reason": " "},
        {"lines": {}},
        {"lines": {0: Decimal(1)}},
        {"letter_on": today_there() + timedelta(days=2)},
    ],
)
def test_a_correction_says_who_asks_for_what(told, changed):
    story, claim = told
    with pytest.raises(Refused):
        actions.propose_correction(claim, typed(claim, **changed), by=story.cast.finance[0])
    assert not Correction.objects.exists()


def test_it_is_announced_demanded_and_received_in_parts(told):
    story, claim = told
    found = announced(story, claim)
    with pytest.raises(Refused):
        actions.demand_recovery(found, due_on=ahead(0), by=story.cast.finance[0])
    found = actions.demand_recovery(found, due_on=ahead(30), by=story.cast.finance[0])
    assert Document.objects.filter(kind="recovery").count() == 3
    part = received(story, found, "150.00")
    with pytest.raises(NotAllowed):
        actions.confirm_part(part, by=story.cast.finance[0])
    assert held_by(story.voucher)["receivable"] == Decimal("200.00")
    actions.confirm_part(part, by=story.cast.finance[1])
    assert held_by(story.voucher)["receivable"] == Decimal("50.00")
    with pytest.raises(Refused, match="no more than is open"):
        received(story, found, "50.01")
    waived = actions.waive_part(
        found, amount=Decimal("50.00"), reason="Costs more than it brings", by=story.cast.finance[0]
    )
    found.refresh_from_db()
    assert found.state == "demanded"
    actions.confirm_part(waived, by=story.cast.coordinators[0])
    found.refresh_from_db()
    held = held_by(story.voucher)
    assert (found.state, held["receivable"], held["bank"]) == ("settled", 0, Decimal("2850.00"))
    with pytest.raises(OutOfOrder):
        received(story, found, "1.00")
    the_books_hold()


def test_what_was_written_down_by_mistake_is_taken_back_before_it_is_confirmed(told):
    story, claim = told
    found = announced(story, claim)
    part = received(story, found)
    actions.take_back_part(part, by=story.cast.finance[0])
    with pytest.raises(OutOfOrder):
        actions.confirm_part(part, by=story.cast.finance[1])
    assert received(story, found).amount == Decimal("200.00")
    the_books_hold()


def test_what_is_overdue_is_on_the_desk_and_told_once(told):
    story, claim = told
    found = actions.demand_recovery(
        announced(story, claim), due_on=ahead(10), by=story.cast.finance[0]
    )
    assert actions.remind_of_recoveries() == 0
    with on(noon(12)):
        assert actions.remind_of_recoveries() == 1
        assert actions.remind_of_recoveries() == 0
        texts = [work.text for work in worklist_of(story.cast.finance[1])]
        assert "Recover what was not paid back in time" in texts
    assert Notice.objects.filter(kind="payment-recovery-overdue").exists()
    assert found.due_on == ahead(10)


def test_from_the_claim_to_its_correction_by_its_pages(told, client):
    story, claim = told
    line = claim.lines.get()
    log_in(client, story.cast.finance[0])
    propose = reverse("recoveries:propose", args=[claim.pk])
    assert propose in client.get(claim.get_absolute_url()).content.decode()
    form = {
        "body": "olaf",
        "letter": "OF/2026/1",
        "letter_on": today_there().isoformat(),
        "reason": "Kept <i>as typed</i>",
        f"line_{line.pk}": "9999",
    }
    page = client.post(propose, form).content.decode()
    assert "No more can be corrected" in page
    assert "Kept &lt;i&gt;as typed&lt;/i&gt;" in page
    client.post(propose, {**form, f"line_{line.pk}": "200.00"})
    found = Correction.objects.get()
    log_in(client, story.cast.coordinators[0])
    client.post(reverse("recoveries:decide", args=[found.pk]))
    for address in (
        found.get_absolute_url(),
        reverse("recoveries:list"),
        story.voucher.get_absolute_url(),
    ):
        assert found.reference in client.get(address).content.decode()
    file = client.get(reverse("recoveries:list", query={"format": "csv"})).content.decode()
    assert "OF/2026/1" in file
    statement = client.get(reverse("ledger:statement", args=[story.voucher.pk])).content.decode()
    assert "to be recovered" in statement


def test_a_cluster_reads_what_is_decided_and_nothing_before(told, client):
    story, claim = told
    found = proposed(story, claim)
    log_in(client, story.manager)
    assert client.get(found.get_absolute_url()).status_code == 404
    actions.decide_correction(found, by=story.cast.coordinators[0])
    page = client.get(found.get_absolute_url()).content.decode()
    assert reverse("recoveries:waive", args=[found.pk]) not in page
    assert client.get(reverse("recoveries:list")).status_code == 404
    for name in ("demand", "receive", "waive"):
        assert client.get(reverse(f"recoveries:{name}", args=[found.pk])).status_code == 403
