"""What a bank says of its charges, wherever it says it: noted, or set aside with what it says."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.payments.bank.making import booked, confirmed, said, taken
from tests.payments.bank.test_reading import said as statement_of
from tests.payments.bank.test_taking_in import of, whys
from tests.payments.ledger.making import the_books_hold
from tests.people import log_in
from vouchers.books.models import LedgerAccount
from vouchers.payments.bank import actions
from vouchers.payments.bank.models import LineMatch, StatementLine
from vouchers.payments.bank.rules.reading import read_answer

DETAILS, END = b"<NtryDtls>", b"</NtryDtls>"
SECOND = (
    b'<TxDtls><Refs><EndToEndId>P-2</EndToEndId></Refs><Amt Ccy="EUR">%s</Amt>'
    b"<CdtDbtInd>DBIT</CdtDbtInd>%s</TxDtls>"
)


def record(amount, *, currency="EUR", included="true", side=""):
    side = f"<CdtDbtInd>{side}</CdtDbtInd>" if side else ""
    said_so = f"<ChrgInclInd>{included}</ChrgInclInd>" if included else ""
    return f'<Rcrd><Amt Ccy="{currency}">{amount}</Amt>{side}{said_so}</Rcrd>'.encode()


def charges(*records, total=""):
    total = f'<TtlChrgsAndTaxAmt Ccy="EUR">{total}</TtlChrgsAndTaxAmt>' if total else ""
    return b"<Chrgs>" + total.encode() + b"".join(records) + b"</Chrgs>"


def in_the_entry(content, *told):
    return content.replace(DETAILS, b"".join(told) + DETAILS, 1)


def in_the_detail(content, *told):
    """Before the parties of the detail, where the schema has charges."""
    return content.replace(b"<RltdPties>", b"".join(told) + b"<RltdPties>", 1)


def without_details(content):
    begin, end = content.index(DETAILS), content.index(END) + len(END)
    return content[:begin] + content[end:]


def lines(content):
    return read_answer(content).statements[0].lines


def figures(line):
    return (line.amount, line.charges, line.instructed, line.other_charges, line.shared_charges)


FORTY = charges(record("0.40"))
TEN, SOME, LESS = Decimal(10), Decimal("0.40"), Decimal("9.60")


@pytest.mark.parametrize(
    ("case", "told", "expected"),
    [
        ("entry without details", lambda it: without_details(in_the_entry(it, FORTY)),
         (TEN, SOME, LESS, "", "")),
        ("entry", lambda it: in_the_entry(it, FORTY), (TEN, SOME, LESS, "", "")),
        ("detail", lambda it: in_the_detail(it, FORTY), (TEN, SOME, LESS, "", "")),
        ("the same in both", lambda it: in_the_detail(in_the_entry(it, FORTY), FORTY),
         (TEN, SOME, LESS, "", "")),
        ("behind their total", lambda it: in_the_entry(it, charges(record("0.40"), total="0.40")),
         (TEN, SOME, LESS, "", "")),
        ("two records", lambda it: in_the_entry(it, charges(record("0.30"), record("0.10"))),
         (TEN, SOME, LESS, "", "")),
        ("another sum in the detail",
         lambda it: in_the_detail(in_the_entry(it, FORTY), charges(record("0.30"))),
         (TEN, Decimal("0.30"), Decimal("9.70"), "", "0.40 EUR")),
        ("beside the amount", lambda it: in_the_entry(it, charges(record("0.40", included="false"))),
         (TEN, 0, TEN, "", "")),
        ("given back", lambda it: in_the_entry(it, charges(record("0.40", side="CRDT"))),
         (TEN, 0, TEN, "-0.40 EUR", "")),
        ("another currency, without details",
         lambda it: without_details(in_the_entry(it, charges(record("0.40", currency="USD")))),
         (TEN, 0, None, "0.40 USD", "")),
        ("nothing", lambda it: in_the_entry(it, charges(record("0.00"))), (TEN, 0, TEN, "", "")),
    ],
)  # fmt: skip
def test_of_one_payment(case, told, expected):
    (line,) = lines(told(statement_of()))
    assert figures(line) == expected, case


def halves(content):
    """The entry of 10 EUR is two payments of 5 EUR."""
    first = b'<Amt Ccy="EUR">10.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><RltdPties>'
    content = content.replace(first, first.replace(b"10.00", b"5.00"))
    return content.replace(END, SECOND % (b"5.00", b"") + END, 1)


def test_of_several_details_one_charge_of_their_entry_waits_with_each_of_them():
    for told in (FORTY, charges(record("0.40"), total="0.40")):
        found = lines(in_the_entry(halves(statement_of()), told))
        assert [line.shared_charges for line in found] == ["0.40 EUR"] * 2
    # Where the details say it, it is said.
    each = in_the_detail(halves(statement_of()), FORTY)
    assert [figures(line) for line in lines(in_the_entry(each, FORTY))] == [
        (Decimal(5), SOME, Decimal("4.60"), "", ""),
        (Decimal(5), 0, Decimal(5), "", ""),
    ]


def test_one_sum_of_several_payments_says_what_the_bank_kept_of_it():
    batch = b"<NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch></NtryDtls>"
    content = without_details(statement_of()).replace(b"</Ntry>", FORTY + batch + b"</Ntry>", 1)
    (line,) = lines(content)
    assert figures(line) == (TEN, SOME, None, "", "")
    assert line.parts == 2


def test_of_the_form_of_2009_each_charge_stands_by_itself():
    charge = b'<Chrgs><Amt Ccy="EUR">0.40</Amt></Chrgs>'
    older = (
        in_the_entry(statement_of(), charge)
        .replace(b"camt.053.001.08", b"camt.053.001.02")
        .replace(b"<Sts><Cd>BOOK</Cd></Sts>", b"<Sts>BOOK</Sts>")
        .replace(b"<Pty><Nm>Cedar</Nm></Pty>", b"<Nm>Cedar</Nm>")
        .replace(b'<Amt Ccy="EUR">10.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><RltdP', b"<RltdP")
    )
    # It does not say whether that is within the amount: so the amount alone decides.
    assert figures(lines(older)[0]) == (TEN, 0, TEN, "", "")


def reversed_with(told):
    content = statement_of().replace(b"<Sts><Cd>BOOK", b"<RvslInd>true</RvslInd><Sts><Cd>BOOK")
    content = content.replace(b"DBIT", b"CRDT").replace(
        b'<Amt Ccy="EUR">90.00', b'<Amt Ccy="EUR">110.00'
    )
    return in_the_entry(content, told)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        # The bank kept something of what it gave back; or it gave its own charge back with it.
        (FORTY, (TEN, SOME, Decimal("10.40"), "", "")),
        (charges(record("0.40", side="CRDT")), (TEN, 0, TEN, "-0.40 EUR", "")),
    ],
)
def test_of_a_reversal(told, expected):
    (line,) = lines(reversed_with(told))
    assert line.is_reversal
    assert figures(line) == expected


@pytest.mark.django_db
def test_an_entry_without_details_is_matched_by_a_person_and_its_charge_entered(
    client, twice, batch
):
    first, second = of(batch)
    paid = booked(first, 1, amount=first.amount + Decimal("0.40"), end_to_end_id="", account="")
    content = said(paid, booked(second, 2))
    taken(content.replace(b"</Ntry>", FORTY + b"</Ntry>", 1), twice)
    line = StatementLine.objects.get(reference="BK-1")
    assert whys() == ["unknown"]
    assert (line.charges, line.instructed) == (SOME, first.amount)
    actions.match_line(line, first, by=twice.cast.finance[1])
    confirmed(twice)
    assert LineMatch.objects.count() == 2
    call = first.claim.voucher.award.application.call
    assert LedgerAccount.objects.get(call=call, kind="charges").balance == SOME
    the_books_hold()


@pytest.mark.django_db
def test_a_charge_of_two_payments_together_is_set_aside_and_said(client, twice, batch):
    first, second = of(batch)
    content = said(
        booked(first, 1, amount=first.amount + second.amount, account="", payee=""), day=None
    )
    one = f'<Amt Ccy="EUR">{first.amount + second.amount:.2f}</Amt><CdtDbtInd>DBIT</CdtDbtInd></TxDtls>'
    split = (
        f'<Amt Ccy="EUR">{first.amount:.2f}</Amt><CdtDbtInd>DBIT</CdtDbtInd></TxDtls>'
        f"<TxDtls><Refs><EndToEndId>{second.reference}</EndToEndId></Refs>"
        f'<Amt Ccy="EUR">{second.amount:.2f}</Amt><CdtDbtInd>DBIT</CdtDbtInd></TxDtls>'
    )
    content = content.replace(one.encode(), split.encode())
    taken(in_the_entry(content, FORTY), twice)
    assert whys() == ["shared", "shared"]
    line = StatementLine.objects.order_by("position").first()
    log_in(client, twice.cast.finance[1])
    page = client.get(line.statement.get_absolute_url()).content.decode()
    assert "does not say of which payment: 0.40 EUR" in page
    assert "charges within the entry" in client.get(line.get_absolute_url()).content.decode()
