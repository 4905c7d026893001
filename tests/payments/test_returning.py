"""Claims that are withdrawn or returned, and what follows for each side."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from conduct.actions import NotAllowed, OutOfOrder, Refused
from notices.models import Notice
from tests.payments.making import claim, rate
from tests.people import log_in, person
from vouchers.payments import actions
from vouchers.payments.models import Claim
from vouchers.payments.queries import came_back_last

pytestmark = pytest.mark.django_db


# --- Taking back ----------------------------------------------------------------------------------
def test_a_claim_is_withdrawn_until_it_is_verified(client, delivered, milestone):
    found = claim(milestone, delivered.manager)
    log_in(client, delivered.manager)
    assert "Withdraw the claim" in client.get(found.get_absolute_url()).content.decode()
    client.post(reverse("payments:withdraw", args=[found.pk]))
    found.refresh_from_db()
    assert (found.state, found.withdrawn_by, found.withdrawn_at is not None) == (
        "withdrawn",
        delivered.manager,
        True,
    )
    assert [n.recipient for n in Notice.objects.filter(kind="claim-withdrawn")] == [
        delivered.officer
    ]
    assert "Withdraw the claim" not in client.get(found.get_absolute_url()).content.decode()
    with pytest.raises(OutOfOrder):
        actions.verify_claim(found, by=delivered.officer)


def test_a_verified_claim_is_not_withdrawn(client, delivered, milestone):
    found = claim(milestone, delivered.manager)
    actions.verify_claim(found, by=delivered.officer)
    # The row as it was read before: the state is judged under the lock.
    with pytest.raises(OutOfOrder):
        actions.withdraw_claim(found, by=delivered.manager)
    log_in(client, delivered.manager)
    assert "Withdraw the claim" not in client.get(found.get_absolute_url()).content.decode()
    assert Claim.objects.get().state == "verified"


def test_only_the_cluster_withdraws(delivered, milestone):
    found = claim(milestone, delivered.manager)
    for somebody in (delivered.officer, delivered.cast.coordinators[0], person()):
        with pytest.raises(NotAllowed):
            actions.withdraw_claim(found, by=somebody)


# --- Giving back ----------------------------------------------------------------------------------
def test_nothing_is_given_back_without_a_reason(delivered, milestone):
    found = claim(milestone, delivered.manager)
    for reason in ("", "   ", "\n"):
        with pytest.raises(Refused, match="Say why"):
            actions.return_claim(found, reason=reason, by=delivered.officer)
    actions.verify_claim(found, by=delivered.officer)
    actions.approve_claim(found, by=delivered.cast.coordinators[0])
    with pytest.raises(Refused, match="Say why"):
        actions.reverse_approval(found, reason=" ", by=delivered.cast.coordinators[0])
    assert Claim.objects.get().state == "approved"


def test_who_has_the_turn_gives_back(delivered, milestone):
    coordinator = delivered.cast.coordinators[0]
    found = claim(milestone, delivered.manager)
    with pytest.raises(NotAllowed):
        actions.return_claim(found, reason="x", by=coordinator)
    actions.verify_claim(found, by=delivered.officer)
    found.refresh_from_db()
    with pytest.raises(NotAllowed):
        actions.return_claim(found, reason="x", by=delivered.officer)
    actions.return_claim(found, reason="The stamp is missing.", by=coordinator)
    (notice,) = Notice.objects.filter(kind="claim-returned")
    assert (notice.recipient, notice.facts["reason"]) == (
        delivered.manager,
        "The stamp is missing.",
    )


def test_after_a_return_the_step_names_the_reason_and_the_form_comes_back_filled(
    client, delivered, milestone
):
    rate(delivered, "TND", "3.35")
    found = claim(
        milestone,
        delivered.manager,
        number="F-9",
        amount="33.501",
        currency="TND",
        total=Decimal("50.000"),
    )
    actions.return_claim(found, reason="The stamp is missing.", by=delivered.officer)
    log_in(client, delivered.manager)
    address = reverse("payments:submit", args=[delivered.voucher.pk])
    for page in (found.get_absolute_url(), delivered.voucher.get_absolute_url()):
        html = client.get(page).content.decode()
        assert "was returned: “The stamp is missing.”" in html
        assert address in html
    form = client.get(address).content.decode()
    assert "The stamp is missing." in form
    for value in (
        'value="F-9"',
        'value="33.5010"',
        'value="50"',
        f'value="{found.invoices.get().invoiced_on}"',
        f'name="invoices-0-file" value="{found.invoices.get().file_id}"',
    ):
        assert value in form
    assert '<option value="TND" selected>' in form
    again = claim(milestone, delivered.manager, number="F-9")
    assert "claimed anew" in client.get(found.get_absolute_url()).content.decode()
    assert came_back_last(delivered.voucher) is None
    actions.withdraw_claim(again, by=delivered.manager)
    html = client.get(delivered.voucher.get_absolute_url()).content.decode()
    assert "was withdrawn. You can claim it anew" in html
    assert 'value="F-9"' in client.get(address).content.decode()


def test_the_form_of_a_first_claim_is_empty(client, delivered, milestone):
    log_in(client, delivered.manager)
    form = client.get(reverse("payments:submit", args=[delivered.voucher.pk])).content.decode()
    assert "Returned" not in form
    (field,) = re.findall(r'<input[^>]*name="invoices-0-number"[^>]*>', form)
    assert "value=" not in field


def test_others_read_whose_turn_it_is_after_a_return(client, delivered, milestone):
    found = claim(milestone, delivered.manager)
    actions.return_claim(found, reason="The stamp is missing.", by=delivered.officer)
    log_in(client, delivered.officer)
    html = client.get(found.get_absolute_url()).content.decode()
    assert "was returned: “The stamp is missing.”" in html
    assert reverse("payments:submit", args=[delivered.voucher.pk]) not in html
