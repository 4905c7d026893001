"""The chain of seals: recomputed from the export by a script that knows nothing of the portal."""

from __future__ import annotations

import json
from decimal import Decimal

import pgtrigger
import pytest
from django.urls import reverse

from conduct.models.owning import as_owner
from documents.models import Document
from tests.making import voucher_story
from tests.payments.making import approved, paid
from vouchers.books.models import LedgerEntry, LedgerLeg
from vouchers.books.queries import altered_entries, head_of
from vouchers.books.rules.sealing import seal
from vouchers.payments import actions

from .making import journal, recomputed, rows_of, voucher_and_offer, written

pytestmark = pytest.mark.django_db
# Whatever somebody types: quotes, lines, what a spreadsheet takes for a formula, Arabic.
WORDS = '=1+1; "twice"\r\nand «مرّتين», 5:x,'


@pytest.fixture
def told():
    """A voucher with a reversed approval whose reason is hard to write, and a payment."""
    told, _offer = voucher_and_offer()
    paid(told, told._milestone(0))
    found = approved(told, told._milestone(1), amount="99.99", number="F-2")
    actions.reverse_approval(found, reason=WORDS, by=told.cast.coordinators[0])
    return told


@pytest.fixture
def text(client, told):
    return journal(client, told.voucher.award.application.call, told.cast.finance[0])


def test_the_script_tells_balances_vouchers_and_that_nothing_was_altered(told, text, tmp_path):
    lines, is_whole = recomputed(tmp_path, text)
    call = told.voucher.award.application.call
    reference, head = told.voucher.reference, head_of(call)
    assert is_whole
    assert lines[-1] == "Nothing was altered."
    assert f"balance,{reference},committed,2000.00" in lines
    assert f"balance,{reference},bank,3000.00" in lines
    assert f"balance,{reference},payable,0.00" in lines
    assert f"balance,call,grant,-{call.budget}" in lines
    assert f"voucher,{reference},5000.00,agrees" in lines
    assert lines[-2] == f"sum,0.00,{head.number} entries,seal {head.seal}"
    assert json.loads(rows_of(text)[-1]["note"]) == WORDS


CHANGES = {
    "amount": ("debit", "1.00"),
    "day": ("day", "2020-01-01"),
    "person": ("person", "7"),
    "note": ("note", '"x"'),
    "account": ("account", "bank"),
    "voucher": ("voucher", "SUV-2026-LB-0099"),
    "kind": ("kind", "release"),
    "instant": ("entered_at", "2026-01-01T00:00:00.000000Z"),
    "source": ("source_id", "1000000"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_first_entry_that_was_altered_is_named(text, tmp_path, change):
    rows = rows_of(text)
    column, value = CHANGES[change]
    rows[5][column] = value
    # Another one later: the first is told.
    rows[9]["debit"] = "5.00"
    lines, is_whole = recomputed(tmp_path, written(rows))
    assert not is_whole
    assert lines[-1] == f"ALTERED at entry {rows[5]['number']}"


def test_one_that_was_removed_is_named(text, tmp_path):
    rows = [row for row in rows_of(text) if row["number"] != "3"]
    lines, is_whole = recomputed(tmp_path, written(rows))
    assert (lines[-1], is_whole) == ("ALTERED at entry 3: the file has 4 in its place", False)


def test_two_that_changed_places_are_named(text, tmp_path):
    rows = rows_of(text)
    rows[4:8] = [*rows[6:8], *rows[4:6]]
    lines, is_whole = recomputed(tmp_path, written(rows))
    assert (lines[-1], is_whole) == ("ALTERED at entry 3: the file has 4 in its place", False)


def test_one_whose_seal_was_made_anew_is_named_by_what_follows_it(text, tmp_path):
    rows = rows_of(text)
    legs = rows[4:6]
    for row in legs:
        row["day"] = "2020-01-01"
        row["seal"] = _sealed_anew(legs)
    lines, is_whole = recomputed(tmp_path, written(rows))
    assert (lines[-1], is_whole) == ("ALTERED at entry 3", False)


def test_a_paper_finds_a_chain_that_was_made_anew_from_its_beginning(text, tmp_path):
    """Who owns the database can seal everything again; not the papers that are out."""
    rows = rows_of(text)
    paper = rows[-1]["seal"]
    assert recomputed(tmp_path, text, paper)[1]
    before = ""
    for first in range(0, len(rows), 2):
        legs = rows[first : first + 2]
        for row in legs:
            row["previous"] = before
            if first == 4:
                row["note"] = '"x"'
        before = _sealed_anew(legs)
        for row in legs:
            row["seal"] = before
    lines, is_whole = recomputed(tmp_path, written(rows), paper)
    assert lines[-1] == "Nothing was altered."
    assert (lines[-2], is_whole) == (f"paper,{paper},in no entry", False)


def _sealed_anew(legs):
    entry = legs[0]
    names = [
        "call",
        "number",
        "day",
        "entered_at",
        "kind",
        "source_type",
        "source_id",
        "part",
        "person",
    ]
    values = [entry["previous"], *(entry[name] for name in names), json.loads(entry["note"])]
    return seal(
        values + [leg[n] for leg in legs for n in ("account", "voucher", "debit", "credit")]
    )


def test_the_head_stands_on_the_order_and_on_the_public_page(client, told):
    entry = LedgerEntry.objects.get(kind="order")
    order = Document.objects.filter(kind="order", language="en").get()
    assert order.facts["ledger"]["seal"] == entry.seal
    assert order.facts["ledger"]["entries"] == entry.number
    client.logout()
    page = client.get(reverse("ledger:seals")).content.decode()
    head = head_of(told.voucher.award.application.call)
    assert head.seal in page
    assert entry.seal not in page


@pytest.mark.django_db(transaction=True)
def test_what_the_owner_of_the_database_altered_is_found(client, tmp_path):
    told = voucher_story("paid 0")
    call = told.voucher.award.application.call
    approval = LedgerEntry.objects.get(kind="approval")
    assert not list(altered_entries())
    ignored = ("vouchers.LedgerLeg:append_only", "vouchers.LedgerEntry:append_only")
    with as_owner(), pgtrigger.ignore(*ignored):
        for side in ("debit", "credit"):
            LedgerLeg.objects.filter(entry=approval, **{f"{side}__gt": 0}).update(
                **{side: Decimal("1.00")}
            )
    assert [entry.pk for entry in altered_entries()] == [approval.pk]
    lines, is_whole = recomputed(tmp_path, journal(client, call, told.cast.finance[0]))
    assert (lines[-1], is_whole) == (f"ALTERED at entry {approval.number}", False)
