"""What a file is, and what it says: the wrong one is called by its name, the broken one by its fault."""

from datetime import date
from decimal import Decimal

import pytest

from demonstration.content.bank_answers import Booked, statement
from tests.payments.batches.messages import message
from vouchers.payments.bank.rules.answers import NotAnAnswer
from vouchers.payments.bank.rules.csv_form import guessed, headers_of, read_table
from vouchers.payments.bank.rules.reading import MOST_BYTES, read_answer
from vouchers.payments.bank.wording import FAULTS, fault_told
from vouchers.payments.batches.rules.building import build

DAY = date(2026, 11, 30)
ACCOUNT = "NL41MOCK0000000001"
ENTRY = Booked(
    "BK-1", Decimal("10.00"), DAY, "P-1", payee="Cedar", account="DE02120300000000202051"
)


def said(*entries, **more):
    facts = {"account": ACCOUNT, "opening": Decimal(100), "number": 1, "day": DAY, **more}
    return statement(entries or (ENTRY,), **facts)


def fault(content):
    with pytest.raises(NotAnAnswer) as refused:
        read_answer(content)
    assert fault_told(refused.value)
    return refused.value.fault


def test_a_statement_is_read():
    (found,) = read_answer(said()).statements
    (line,) = found.lines
    assert (found.opening, found.closing) == (Decimal(100), Decimal(90))
    assert (line.reference, line.end_to_end_id, line.amount) == ("BK-1", "P-1", Decimal(10))
    assert (line.payee_account, line.is_credit) == ("DE02120300000000202051", False)


def test_the_statement_of_2009_is_read_alike():
    older = (
        said()
        .replace(b"camt.053.001.08", b"camt.053.001.02")
        .replace(b"<Sts><Cd>BOOK</Cd></Sts>", b"<Sts>BOOK</Sts>")
        .replace(b"<Pty><Nm>Cedar</Nm></Pty>", b"<Nm>Cedar</Nm>")
        .replace(b'<Amt Ccy="EUR">10.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><RltdP', b"<RltdP")
    )
    (found,) = read_answer(older).statements
    assert (found.lines[0].payee, found.lines[0].amount) == ("Cedar", Decimal(10))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n", "pdf"),
        (b"PK\x03\x04rest", "packed"),
        (b"\xd0\xcf\x11\xe0\xa1", "spreadsheet"),
        (b":20:ST1\n:25:NL41MOCK\n:60F:C261130EUR1,\n", "mt940"),
        (b"{1:F01BANKNL2A}{2:O942}{4:\n:20:X\n:34F:EUR0,\n-}", "mt942"),
        (b"<!DOCTYPE html><html></html>", "web_page"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>', "entities"),
        (said().replace(b"camt.053", b"camt.052"), "camt_052"),
        (said().replace(b"camt.053", b"pacs.004"), "pacs_004"),
        (said().replace(b"camt.053.001.08", b"camt.053.001.11"), "other_version"),
        (said().replace(b"camt.053", b"camt.029"), "other_message"),
        (build(message()), "pain_001"),
        (b"<a/>", "other_xml"),
        (b"\x00\x01\x02", "unknown"),
        (b"OFXHEADER:100\n", "other_message"),
        (b"x" * (MOST_BYTES + 1), "large"),
    ],
)
def test_what_is_no_answer_is_called_by_its_name(content, expected):
    assert fault(content) == expected


def test_a_doctype_behind_the_first_kilobytes_is_found():
    hidden = said().replace(b"?>", b"?>" + b" " * 5000 + b"<!DOCTYPE Document>", 1)
    assert fault(hidden) in {"other_xml", "entities"}


@pytest.mark.parametrize("part", [0.3, 0.7, 0.99])
def test_a_file_that_is_cut_says_so(part):
    content = said()
    assert fault(content[: int(len(content) * part)]) == "cut"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (b"90.00", b"90.01", "sum"),
        (b"CLBD", b"ITBD", "no_balance"),
        (b">10.00<", b">1e1<", "amount"),
        (b">10.00<", b">10.001<", "decimals"),
        (b">10.00<", b">-10.00<", "amount"),
        (b"<CdtDbtInd>DBIT", b"<CdtDbtInd>NONE", "side"),
        (b"<BkTxCd>", b"<BookedAs/><BkTxCd>", "schema"),
        (b"<BookgDt><Dt>2026-11-30</Dt></BookgDt>", b"", "sum_or_not"),
    ],
)
def test_what_is_wrong_in_a_statement_is_told(before, after, expected):
    content = said().replace(before, after)
    if expected == "sum_or_not":
        # The value date stands for a booking date that is left out.
        assert read_answer(content).statements[0].lines[0].booked_on == DAY
        return
    assert fault(content) == expected


def test_several_details_reversals_and_charges():
    entry = said().replace(
        b"<NtryDtls>",
        b'<Chrgs><Rcrd><Amt Ccy="EUR">0.40</Amt><ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs>'
        b"<NtryDtls>",
    )
    (line,) = read_answer(entry).statements[0].lines
    assert (line.amount, line.charges, line.instructed) == (
        Decimal(10),
        Decimal("0.40"),
        Decimal("9.60"),
    )
    detail = (
        b'<TxDtls><Refs><EndToEndId>P-2</EndToEndId></Refs><Amt Ccy="EUR">4.00</Amt>'
        b"<CdtDbtInd>DBIT</CdtDbtInd></TxDtls>"
    )
    two = said().replace(b"</NtryDtls>", detail + b"</NtryDtls>")
    found = read_answer(two).statements[0].lines
    # The details come to 14, the entry to 10: none of them is held for a payment.
    assert [line.detail for line in found] == [1, 2]
    assert all(line.details_differ for line in found)
    reversal = said().replace(b"<Sts><Cd>BOOK", b"<RvslInd>true</RvslInd><Sts><Cd>BOOK")
    assert read_answer(reversal).statements[0].lines[0].is_reversal


DETAILS_BEGIN = b"<NtryDtls>"


@pytest.mark.parametrize("currency", ["USD", "LBP"])
def test_a_charge_in_another_currency_is_not_lost(currency):
    """How much of the amount that is, only a person can find out."""
    amount = {"USD": b"0.40", "LBP": b"36000"}[currency]
    record = b'<Rcrd><Amt Ccy="%s">%s</Amt><ChrgInclInd>true</ChrgInclInd></Rcrd>'
    euro = b'<Rcrd><Amt Ccy="EUR">0.10</Amt><ChrgInclInd>true</ChrgInclInd></Rcrd>'
    charges = b"<Chrgs>" + euro + record % (currency.encode(), amount) + b"</Chrgs>"
    content = said().replace(DETAILS_BEGIN, charges + DETAILS_BEGIN)
    (line,) = read_answer(content).statements[0].lines
    assert (line.charges, line.other_charges) == (Decimal("0.10"), f"{amount.decode()} {currency}")
    beside = content.replace(
        b"true</ChrgInclInd></Rcrd></Chrgs>", b"false</ChrgInclInd></Rcrd></Chrgs>"
    )
    assert read_answer(beside).statements[0].lines[0].other_charges == ""


def test_of_several_details_each_waits_with_such_a_charge():
    detail = (
        b'<TxDtls><Refs><EndToEndId>P-2</EndToEndId></Refs><Amt Ccy="EUR">4.00</Amt>'
        b"<CdtDbtInd>DBIT</CdtDbtInd></TxDtls>"
    )
    charges = (
        b'<Chrgs><Rcrd><Amt Ccy="USD">0.40</Amt><ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs>'
    )
    two = said().replace(b"</NtryDtls>", detail + b"</NtryDtls>")
    two = two.replace(DETAILS_BEGIN, charges + DETAILS_BEGIN)
    found = read_answer(two).statements[0].lines
    assert [line.other_charges for line in found] == ["0.40 USD", "0.40 USD"]


def test_what_is_not_booked_is_passed_over():
    pending = said().replace(b"BOOK", b"PDNG").replace(b"90.00", b"100.00")
    (found,) = read_answer(pending).statements
    assert (found.lines, found.pending) == ([], 1)


TABLE = b"""Account;NL41MOCK0000000001
Booking date;Amount;Currency;Reference;EndToEndId;Name;IBAN;Description
30/11/2026;-3.000,00;EUR;BK 1;SUV-1-P1;Cedar;LB17;Invoice
30/11/2026;12,50;EUR;BK 2;NOTPROVIDED;;;Interest
;;;;;;;total
"""


def test_a_table_is_read_by_its_columns():
    headers = headers_of(TABLE)
    columns = guessed(headers)
    assert columns["booked_on"] == "Booking date"
    found = read_table(TABLE, columns, account=ACCOUNT, currency="EUR")
    assert [(line.signed, line.end_to_end_id) for line in found.lines] == [
        (Decimal("-3000.00"), "SUV-1-P1"),
        (Decimal("12.50"), ""),
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (b"-3.000,00", b"NaN", "csv_amount"),
        (b"-3.000,00", b"1.005", "csv_amount_or_thousand"),
        (b"30/11/2026;-", b"31/11/2026;-", "csv_day"),
        (b"-3.000,00;EUR", b"-3.000,00;USD", "mixed"),
    ],
)
def test_what_is_wrong_in_a_table_is_told_with_its_line(before, after, expected):
    content = TABLE.replace(before, after)
    columns = guessed(headers_of(content))
    if expected == "csv_amount_or_thousand":
        # Of money, a mark alone before three digits is one of thousands.
        found = read_table(content, columns, account=ACCOUNT, currency="EUR")
        assert found.lines[0].amount == Decimal(1005)
        return
    with pytest.raises(NotAnAnswer) as refused:
        read_table(content, columns, account=ACCOUNT, currency="EUR")
    assert refused.value.fault == expected


def test_every_fault_has_its_sentence():
    assert all(str(sentence).endswith((".", ")")) for sentence in FAULTS.values())
