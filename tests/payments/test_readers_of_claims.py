"""Who hears of claims and orders, and who may read them."""

import pytest
from django.urls import reverse

from conduct.actions import NotAllowed
from documents.models import Document
from notices.models import Notice
from tests.payments.making import claim, ordered
from tests.payments.paying import record
from tests.people import log_in, person
from vouchers.awards.models import Voucher
from vouchers.payments import actions
from vouchers.payments.queries import (
    claims_in,
    claims_to_verify,
    claims_visible_to,
    orders_visible_to,
)

pytestmark = pytest.mark.django_db


def test_each_step_tells_who_comes_next_and_nobody_else(delivered, milestone):
    cast = delivered.cast

    def told(kind):
        return {notice.recipient for notice in Notice.objects.filter(kind=kind)}

    found = claim(milestone, delivered.manager)
    assert told("claim-submitted") == {delivered.officer}
    actions.verify_claim(found, by=delivered.officer)
    assert told("claim-verified") == set(cast.coordinators)
    actions.approve_claim(found, by=cast.coordinators[0])
    assert told("claim-approved") == set(cast.finance)
    order = actions.order_payment(found, by=cast.finance[0])
    assert told("payment-ordered") == set(cast.finance) - {cast.finance[0]}
    record(order, delivered)
    assert told("claim-paid") == {delivered.manager}
    (notice,) = Notice.objects.filter(kind="claim-paid")
    assert [document.language for document in notice.documents.all()] == [delivered.facts.language]
    assert notice.facts["claimed"] == "3000.00"


def test_orders_are_written_in_three_languages(delivered, milestone):
    ordered(delivered, milestone)
    assert set(Document.objects.filter(kind="order").values_list("language", flat=True)) == {
        "en",
        "fr",
        "ar",
    }


# --- Who sees what --------------------------------------------------------------------------------
def test_officers_see_the_claims_of_their_own_country_only(client, delivered, milestone):
    found = claim(milestone, delivered.manager)
    own, foreign = delivered.officer, person(role="officer", country="MA")
    assert list(claims_visible_to(own)) == [found]
    assert list(claims_to_verify(own)) == [found]
    assert list(claims_in(own, "submitted")) == [found]
    for queryset in (
        claims_visible_to(foreign),
        claims_to_verify(foreign),
        claims_in(foreign, "submitted"),
    ):
        assert list(queryset) == []
    log_in(client, foreign)
    assert client.get(found.get_absolute_url()).status_code == 404
    assert (
        client.get(reverse("payments:file", args=[found.invoices.get().file_id])).status_code == 404
    )
    assert found.invoice_numbers not in client.get(reverse("payments:claim_list")).content.decode()
    with pytest.raises(NotAllowed):
        actions.verify_claim(found, by=foreign)
    with pytest.raises(NotAllowed):
        actions.return_claim(found, reason="Not mine.", by=foreign)


def test_orders_are_for_money_people_only(client, delivered, milestone):
    order = ordered(delivered, milestone)
    for reader in (
        delivered.cast.finance[1],
        delivered.cast.coordinators[0],
        person(role="auditor"),
    ):
        assert list(orders_visible_to(reader)) == [order]
        log_in(client, reader)
        assert order.reference in client.get(reverse("payments:orders")).content.decode()
        assert order.bank_account in client.get(order.claim.get_absolute_url()).content.decode()
    for other in (delivered.officer, delivered.manager):
        assert list(orders_visible_to(other)) == []
        log_in(client, other)
        assert client.get(reverse("payments:orders")).status_code == 404
        assert order.bank_account not in client.get(order.claim.get_absolute_url()).content.decode()


def test_a_stranger_to_a_claim_finds_none_of_its_buttons(client, delivered, milestone):
    found = claim(milestone, delivered.manager)
    stranger = person(role="assessor")
    log_in(client, stranger)
    for name in ("verify", "approve", "order", "withdraw"):
        assert client.post(reverse(f"payments:{name}", args=[found.pk])).status_code == 404
    for name in ("return", "reverse", "record", "share"):
        assert client.get(reverse(f"payments:{name}", args=[found.pk])).status_code == 404
    assert Voucher.objects.get(pk=delivered.voucher.pk).approved == 0
