"""What pages, files, papers and the recomputed ledger say of a voucher's money, side by side."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

from django.test import Client
from django.urls import reverse

from documents.actions.making import render_document
from documents.models import Document
from documents.wording import amount
from tests.journeys.test_whole_life import text_of
from tests.people import log_in
from vouchers.payments.bank.models import StatementLine
from vouchers.payments.batches.models import PaymentBatch
from vouchers.payments.models import PaymentOrder

_ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


def plain(text):
    """With every break and no-break space as one blank, and no marks of direction."""
    return " ".join(text.translate(_ISOLATES).split())


def says(text, *facts):
    """The text has each of the facts: a label followed by its amount (EUR), or the amount alone."""
    for fact in facts:
        label, euro = fact if isinstance(fact, tuple) else ("", fact)
        wanted = plain(f"{label} {amount(Decimal(euro))}")
        assert wanted.casefold() in text.casefold(), f"“{wanted}” is not in: {text}"


def page(visitor, address):
    """What somebody reads there in the browser."""
    return plain(visitor.open(address).page.inner_text("main"))


def exported(person, address, **query):
    """The rows of a CSV."""
    answer = log_in(Client(), person).get(address, {"export": "csv", **query})
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode().removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def total(rows, column):
    """The sum of a column (EUR)."""
    return sum((Decimal(row[column] or "0") for row in rows), Decimal(0))


def paper(kind, about, *, reference=None):
    """The words of the newest English paper of a kind about a record, made as the worker makes it."""
    found = Document.objects.filter(kind=kind, language="en", object_id=str(about.pk))
    if reference:
        found = found.filter(reference=reference)
    document = found.latest("issued_at")
    render_document(document.pk)
    return plain(text_of(document))


def seals_of(kinds):
    """The seals that stand on the papers."""
    facts = Document.objects.filter(kind__in=kinds, language="en").values_list("facts", flat=True)
    return {fact["ledger"]["seal"] for fact in facts if "ledger" in fact} - {""}


def balances(lines, voucher):
    """By account: what docs/recompute_ledger.py found of a voucher."""
    pattern = re.compile(rf"balance,{re.escape(voucher.reference)},(\w+),(-?[\d.]+)")
    found = (pattern.fullmatch(line) for line in lines)
    return {match[1]: Decimal(match[2]) for match in found if match}


def issue(person, name, pk):
    """Ask for the paper of a page of the ledger."""
    answer = log_in(Client(), person).post(reverse(f"ledger:issue_{name}", args=[pk]))
    assert answer.status_code == 302


def bank_agrees():
    """Lines, statements, orders and batches: what left the account is what the ledger has booked."""
    lines = StatementLine.objects.all()
    assert not lines.filter(match=None).exists()
    assert -sum(line.signed for line in lines) == Decimal("4862.50")
    paid = PaymentOrder.objects.filter(state="paid")
    assert sum(order.amount for order in paid) == Decimal("4862.50")
    assert {batch.state for batch in PaymentBatch.objects.all()} == {"settled"}
    assert sum(batch.total for batch in PaymentBatch.objects.all()) == Decimal("4862.50") + Decimal(
        "3094.95"
    )
