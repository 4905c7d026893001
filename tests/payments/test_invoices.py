"""The same invoice is paid once: over all vouchers, however its number is written."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.clock import noon, on
from demonstration.content.accounts import bank_account
from demonstration.story import VoucherStory
from tests.making import LB, LB_SECOND, awarded, pdf, today_there
from tests.payments.making import claim, paid
from tests.people import log_in, person
from vouchers.applications.models import Recusal
from vouchers.payments import actions
from vouchers.payments.models import Claim
from vouchers.payments.queries import like_claims
from vouchers.providers.actions.accounts import register_provider, verify_provider_account

pytestmark = pytest.mark.django_db


def second(told):
    return told._milestone(1)


def share(found, told, reason="One invoice for both milestones."):
    return actions.share_invoice(found.invoices.get(), reason=reason, by=told.officer)


# --- Refused ------------------------------------------------------------------------------------
def test_the_same_invoice_is_not_claimed_for_another_milestone(twice):
    claim(twice._milestone(0), twice.manager, number="INV 12", amount="1000.00")
    for again in ("INV 12", "inv-12", "INV ١٢", "INV\u200b12", "ＩＮＶ／12"):
        with pytest.raises(Refused, match="claimed already") as refused:
            claim(second(twice), twice.manager, number=again, amount="1000.00")
        assert refused.value.field == "invoices-0-number"
    assert Claim.objects.count() == 1


def test_an_invoice_that_is_paid_is_not_claimed_again(twice):
    paid(twice, twice._milestone(0), number="INV 12", amount="1000.00")
    with pytest.raises(Refused, match="claimed already"):
        claim(second(twice), twice.manager, number="INV 12", amount="1000.00")


def test_what_is_said_of_an_invoice_is_never_rewritten(twice):
    found = claim(twice._milestone(0), twice.manager)
    for change in ({"key": "other"}, {"net": "1.00"}, {"total": "9999.00"}, {"vat_rule": "cost"}):
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            found.invoices.update(**change)


def test_what_came_back_or_was_withdrawn_can_be_claimed_anew(twice):
    first = claim(twice._milestone(0), twice.manager, number="INV 12")
    actions.return_claim(first, reason="The stamp is missing.", by=twice.officer)
    again = claim(twice._milestone(0), twice.manager, number="INV 12")
    actions.withdraw_claim(again, by=twice.manager)
    assert claim(twice._milestone(0), twice.manager, number="inv12").state == "submitted"


def test_another_provider_may_have_the_same_number():
    told, other = two_vouchers()
    claim(told._milestone(0), told.manager, number="2026/1")
    assert claim(other._milestone(0), other.manager, number="2026/1").state == "submitted"


def test_a_number_without_letter_and_digit_is_none(delivered, milestone):
    for number in ("---", "\u200b", " . "):
        with pytest.raises(Refused, match="letters and digits") as refused:
            claim(milestone, delivered.manager, number=number)
        assert refused.value.field == "invoices-0-number"


# --- One invoice for two milestones --------------------------------------------------------------
def test_an_officer_allows_one_invoice_for_two_milestones_within_its_total(twice):
    total = Decimal("3500.00")
    first = claim(twice._milestone(0), twice.manager, amount="2000.00", total=total)
    shared = share(first, twice)
    assert (shared.shared_by, shared.shared_reason) == (
        twice.officer,
        "One invoice for both milestones.",
    )
    with pytest.raises(Refused, match=r"Only 1,500\.00 EUR") as refused:
        claim(second(twice), twice.manager, amount="1500.01", total=total)
    assert refused.value.field == "invoices-0-lines-0-declared"
    other = claim(second(twice), twice.manager, amount="1500.00", total=total)
    assert sum(one.amount for one in (first, other)) == total
    with pytest.raises(OutOfOrder, match="allowed already"):
        share(first, twice)


def test_both_claims_say_the_same_total(twice):
    first = claim(twice._milestone(0), twice.manager, amount="2000.00", total=Decimal("3500.00"))
    share(first, twice)
    with pytest.raises(Refused, match=r"comes to 3,500\.00 EUR") as refused:
        claim(second(twice), twice.manager, amount="1000.00", total=Decimal("3600.00"))
    assert refused.value.field == "invoices-0-net"


def test_only_an_officer_of_the_country_allows_it_and_says_why(twice):
    first = claim(twice._milestone(0), twice.manager, amount="2000.00", total=Decimal("3500.00"))
    for somebody in (twice.manager, twice.cast.coordinators[0], twice.cast.officer("MA")):
        with pytest.raises(NotAllowed):
            actions.share_invoice(first.invoices.get(), reason="Please.", by=somebody)
    with pytest.raises(Refused, match="Say why"):
        share(first, twice, reason="  ")
    share(first, twice)
    with pytest.raises(OutOfOrder, match="allowed already"):
        share(first, twice)


def test_nothing_is_allowed_where_the_whole_invoice_is_claimed_or_the_claim_came_back(twice):
    first = claim(twice._milestone(0), twice.manager)
    with pytest.raises(Refused, match="nothing of it is left"):
        share(first, twice)
    actions.withdraw_claim(first, by=twice.manager)
    with pytest.raises(OutOfOrder, match="no longer stands"):
        share(first, twice)


def test_a_claim_is_not_more_than_its_invoice(delivered, milestone):
    with pytest.raises(Refused, match="more than the invoice"):
        claim(milestone, delivered.manager, amount="100.00", total=Decimal("99.99"))


def test_the_officer_allows_it_on_the_page_of_the_claim(client, twice):
    first = claim(twice._milestone(0), twice.manager, amount="2000.00", total=Decimal("3500.00"))
    log_in(client, twice.officer)
    assert (
        "Allow another claim of the invoice"
        in client.get(first.get_absolute_url()).content.decode()
    )
    client.post(
        reverse("payments:share", args=[first.invoices.get().pk]), {"reason": "It names both."}
    )
    page = client.get(first.get_absolute_url()).content.decode()
    assert "It names both." in page
    assert reverse("payments:share", args=[first.invoices.get().pk]) not in page


# --- What later readers see ---------------------------------------------------------------------
def two_vouchers():
    """Two vouchers of one country and call, whose first milestones can be claimed."""
    story, awards = awarded(LB, LB_SECOND)
    stories = []
    for number, (facts, award) in enumerate(zip((LB, LB_SECOND), awards, strict=True)):
        with on(noon(-20)):
            provider = register_provider(
                award.application.country,
                name=f"Consultants {number}",
                bank_account=bank_account("LB", 77),
                bic="BLOMLBBX",
                town="Beirut",
                by=story.cast.officer("LB"),
            )
            verify_provider_account(provider.accounts.get(), by=story.cast.coordinators[1])
        with on(noon(-14)):
            voucher = story.accept(award.application)
        told = VoucherStory(story.cast, voucher, facts, provider, "EUR")
        told.go("accepted 0", starting=noon(-12), days=0)
        stories.append(told)
    return stories


def same(found, user):
    return [[str(what) for what in one.same] for one in like_claims(found, user)]


def test_whoever_decides_sees_the_same_number_on_the_same_account_the_same_file_and_amount(client):
    told, other = two_vouchers()
    first = claim(told._milestone(0), told.manager, number="INV 12", upload=pdf(text="one"))
    again = claim(other._milestone(0), other.manager, number="inv-12", upload=pdf(text="one"))
    everything = [
        ["the number of the invoice and the payee", "the file", "the amount and the date"]
    ]
    readers = [
        told.officer,
        told.cast.coordinators[0],
        told.cast.finance[0],
        person(role="auditor"),
    ]
    for reader in readers:
        assert same(again, reader) == everything
        log_in(client, reader)
        page = client.get(again.get_absolute_url()).content.decode()
        assert "Looks like other claims" in page
        assert f'href="{first.get_absolute_url()}"' in page


def test_each_likeness_is_seen_by_itself():
    told, other = two_vouchers()
    first = claim(
        told._milestone(0), told.manager, number="A1", amount="700.00", upload=pdf(text="x")
    )
    yesterday = today_there() - timedelta(days=1)
    cases = [
        (
            {"number": "a 1", "amount": "1.00", "day": yesterday},
            ["the number of the invoice and the payee"],
        ),
        ({"number": "B2", "amount": "1.00", "upload": pdf(text="x")}, ["the file"]),
        ({"number": "B3", "amount": "700.00"}, ["the amount and the date"]),
    ]
    for changed, expected in cases:
        found = claim(other._milestone(0), other.manager, **changed)
        assert same(found, told.officer) == [expected]
        assert [one.claim for one in like_claims(found, told.officer)] == [first]
        actions.withdraw_claim(found, by=other.manager)
    different = [
        {"number": "B4", "amount": "700.00", "day": yesterday},
        {"number": "B5", "amount": "700.01"},
    ]
    for changed in different:
        found = claim(other._milestone(0), other.manager, **changed)
        assert first not in [one.claim for one in like_claims(found, told.officer)]
        actions.withdraw_claim(found, by=other.manager)


def test_the_same_claim_made_anew_is_not_alike(delivered, milestone):
    first = claim(milestone, delivered.manager)
    actions.return_claim(first, reason="The stamp is missing.", by=delivered.officer)
    again = claim(milestone, delivered.manager)
    assert same(again, delivered.officer) == []


def test_clusters_learn_nothing_of_each_other(client):
    told, other = two_vouchers()
    claim(told._milestone(0), told.manager, number="INV 12", upload=pdf(text="one"))
    again = claim(other._milestone(0), other.manager, number="INV 12", upload=pdf(text="one"))
    assert same(again, other.manager) == []
    log_in(client, other.manager)
    assert "Looks like" not in client.get(again.get_absolute_url()).content.decode()


def test_who_may_not_read_the_other_claim_learns_its_country_only(client):
    told, other = two_vouchers()
    first = claim(told._milestone(0), told.manager, number="INV 12", upload=pdf(text="one"))
    again = claim(other._milestone(0), other.manager, number="INV 99", upload=pdf(text="one"))
    recused = told.officer
    Recusal.objects.create(
        application=told.voucher.award.application, person=recused, reason="My brother works there."
    )
    (found,) = like_claims(again, recused)
    assert not found.is_readable
    log_in(client, recused)
    page = client.get(again.get_absolute_url()).content.decode()
    assert "a claim in Lebanon that you may not read" in page
    assert first.get_absolute_url() not in page
    assert first.invoice_numbers not in page
