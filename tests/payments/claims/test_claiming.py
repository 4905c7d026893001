"""Claiming: what is refused, in which words, and what is shown before it is sent."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from conduct.actions import NotAllowed, OutOfOrder, Refused
from tests.making import today_there
from tests.payments.making import claim, rate, typed
from tests.people import log_in, person
from vouchers.awards.models import Voucher
from vouchers.payments import actions
from vouchers.payments.models import Claim, ClaimDraft, InvoiceFile

pytestmark = pytest.mark.django_db


# --- Amounts ------------------------------------------------------------------------------------
AMOUNTS = [
    ("EUR", "0", "more than zero"),
    ("LBP", "0.00", "more than zero"),
    ("EUR", "-5", "more than zero"),
    ("LBP", "100", "100.00 LBP come to less than one cent"),
    ("LBP", "519", "less than one cent"),
    ("MAD", "10.001", "An amount in MAD has at most 2 decimals."),
    ("USD", "10.001", "An amount in USD has at most 2 decimals."),
    ("LBP", "1000000.001", "An amount in LBP has at most 2 decimals."),
    ("EUR", "10.005", "An amount in EUR has at most 2 decimals."),
    ("TND", "10.0001", "An amount in TND has at most 3 decimals."),
    ("EUR", "NaN", "no amount of money"),
    ("EUR", "Infinity", "no amount of money"),
    ("EUR", "1e30", "no amount of money"),
    ("EUR", "1000000000000000", "no amount of money"),
]


def test_an_amount_that_is_none_is_refused_in_words(delivered, milestone):
    for code, units in (("LBP", "104000"), ("MAD", "10.8"), ("USD", "1.08"), ("TND", "3.35")):
        rate(delivered, code, units)
    for currency, amount, sentence in AMOUNTS:
        with pytest.raises(Refused) as refused:
            claim(milestone, delivered.manager, amount=amount, currency=currency)
        assert sentence in str(refused.value)
        assert refused.value.field in ("invoices-0-net", "invoices-0-lines-0-declared")
        assert "constraint" not in str(refused.value).lower()
    assert not Claim.objects.exists()


def test_the_least_that_can_be_claimed_is_a_cent(delivered, milestone):
    rate(delivered, "LBP", "104000")
    rate(delivered, "TND", "3.35")
    for currency, amount, euro in (
        ("TND", "33.501", "10.00"),
        ("LBP", "520", "0.01"),
        ("EUR", "0.01", "0.01"),
    ):
        found = claim(milestone, delivered.manager, amount=amount, currency=currency)
        assert (found.amount, found.lines.get().declared) == (Decimal(euro), Decimal(amount))
        actions.withdraw_claim(found, by=delivered.manager)


def test_a_milestone_can_be_claimed_to_the_last_cent(delivered, milestone):
    with pytest.raises(Refused, match=r"3,000\.01 EUR; 3,000\.00 EUR of it are left"):
        claim(milestone, delivered.manager, amount="3000.01")
    assert claim(milestone, delivered.manager, amount="3000.00").amount == milestone.amount


# --- Days ---------------------------------------------------------------------------------------
def test_an_invoice_of_tomorrow_is_refused(delivered, milestone):
    tomorrow = today_there() + timedelta(days=1)
    with pytest.raises(Refused, match="lies in the future") as refused:
        claim(milestone, delivered.manager, day=tomorrow)
    assert refused.value.field == "invoices-0-invoiced_on"


@pytest.mark.parametrize(("end", "days"), [("valid_from", -1), ("valid_until", 1)])
def test_an_invoice_outside_the_voucher_is_refused(delivered, milestone, end, days):
    Voucher.objects.filter(pk=delivered.voucher.pk).update(
        valid_until=today_there() - timedelta(days=2)
    )
    voucher = Voucher.objects.get(pk=delivered.voucher.pk)
    milestone = type(milestone).objects.get(pk=milestone.pk)
    edge = getattr(voucher, end)
    with pytest.raises(Refused, match="outside the validity") as refused:
        claim(milestone, delivered.manager, day=edge + timedelta(days=days))
    assert refused.value.field == "invoices-0-invoiced_on"
    assert claim(milestone, delivered.manager, day=edge).invoices.get().invoiced_on == edge


def test_nothing_is_claimed_on_a_voucher_that_is_closed(delivered, milestone):
    Voucher.objects.filter(pk=delivered.voucher.pk).update(state="closed")
    with pytest.raises(OutOfOrder):
        claim(milestone, delivered.manager)
    assert not Claim.objects.exists()


# --- Who ----------------------------------------------------------------------------------------
def test_only_a_manager_of_the_cluster_claims(delivered, milestone):
    for somebody in (delivered.officer, delivered.cast.coordinators[0], person()):
        with pytest.raises(NotAllowed):
            claim(milestone, somebody)


# --- The euro before sending ----------------------------------------------------------------------
def test_the_euro_and_the_rate_are_shown_before_a_foreign_claim_is_sent(
    client, delivered, milestone
):
    rate(delivered, "TND", "3.35")
    log_in(client, delivered.manager)
    address = reverse("payments:submit", args=[delivered.voucher.pk])
    page = client.post(address, typed(milestone)).content.decode()
    assert not Claim.objects.exists()
    assert "10.00" in page
    assert "1 EUR = 3.35 TND" in page
    assert 'name="seen" value="10.00"' in page
    assert 'value="F-77"' in page
    # The file that arrived is kept: it is not chosen again.
    kept = InvoiceFile.objects.get()
    assert f'name="invoices-0-file" value="{kept.pk}"' in page
    answer = client.post(address, typed(milestone, upload="", file=kept.pk, seen="10.00"))
    assert answer.url == Claim.objects.get().get_absolute_url()


def test_another_amount_than_the_one_that_was_seen_is_shown_first(client, delivered, milestone):
    rate(delivered, "TND", "3.35")
    log_in(client, delivered.manager)
    address = reverse("payments:submit", args=[delivered.voucher.pk])
    page = client.post(address, typed(milestone, seen="9.99")).content.decode()
    assert 'name="seen" value="10.00"' in page
    assert not Claim.objects.exists()


def test_an_invoice_in_euro_is_sent_at_once(client, delivered, milestone):
    log_in(client, delivered.manager)
    address = reverse("payments:submit", args=[delivered.voucher.pk])
    client.post(address, typed(milestone, currency="EUR", net="12.50"))
    assert Claim.objects.get().amount == Decimal("12.50")


def test_looking_needs_no_file_and_sends_nothing(client, delivered, milestone):
    rate(delivered, "TND", "3.35")
    log_in(client, delivered.manager)
    address = reverse("payments:submit", args=[delivered.voucher.pk])
    page = client.post(
        address, typed(milestone, do="look", upload="", seen="10.00")
    ).content.decode()
    assert "1 EUR = 3.35 TND" in page
    assert "error_1_id_invoices-0-upload" not in page
    assert not Claim.objects.exists()
    page = client.post(address, typed(milestone, upload="", seen="10.00")).content.decode()
    assert "error_1_id_invoices-0-upload" in page


def test_the_euro_are_shown_while_typing_and_what_is_typed_is_kept(client, delivered, milestone):
    rate(delivered, "TND", "3.35")
    log_in(client, delivered.manager)
    address = reverse("payments:worth", args=[delivered.voucher.pk])

    def shown(**changed):
        draft = ClaimDraft.objects.filter(voucher=delivered.voucher).first()
        version = draft.version if draft else 0
        sent = typed(milestone, upload="", version=version, **changed)
        return client.post(address, sent).content.decode()

    assert "1 EUR = 3.35 TND" in shown()
    without = shown(currency="MAD", net="33.5")
    assert "exchange rate of MAD" in without
    assert 'name="seen" value="0"' in without
    above = shown(net="99999")
    assert "of it are left to claim" in above
    assert "seen" not in shown(currency="TND", net="", invoiced_on="")
    draft = ClaimDraft.objects.get()
    assert draft.content["invoices"][0]["number"] == "F-77"
    page = client.get(reverse("payments:submit", args=[delivered.voucher.pk])).content.decode()
    assert 'value="F-77"' in page
    assert not Claim.objects.exists()


def test_nobody_else_asks_for_the_euro(client, delivered, milestone):
    address = reverse("payments:worth", args=[delivered.voucher.pk])
    log_in(client, delivered.officer)
    assert client.post(address, typed(milestone, upload="")).status_code == 403
    log_in(client, person())
    assert client.post(address, typed(milestone, upload="")).status_code == 404
    assert not ClaimDraft.objects.exists()


def test_refusals_stand_beside_the_amount_in_every_language(client, delivered, milestone):
    rate(delivered, "LBP", "104000")
    rate(delivered, "MAD", "10.8")
    log_in(client, delivered.manager)
    address = reverse("payments:submit", args=[delivered.voucher.pk])
    for language in ("en", "fr", "ar"):
        delivered.manager.language = language
        delivered.manager.save(update_fields=["language"])
        for currency, amount in (("LBP", "100"), ("EUR", "0"), ("MAD", "1.001"), ("EUR", "")):
            page = client.post(
                address,
                typed(milestone, currency=currency, net=amount),
                headers={"accept-language": language},
            ).content.decode()
            assert "error_1_id_invoices-0-" in page
            assert "a_claim_is_worth_something" not in page
    assert not Claim.objects.exists()
