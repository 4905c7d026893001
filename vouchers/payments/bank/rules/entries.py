"""One entry of a statement as its lines: the entry itself, or each of its details."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from lxml import etree

from .answers import BankLine, NotAnAnswer, identifier
from .xml_form import Facts

# Sub-families of the ISO list of bank transaction codes: what comes back, and what the bank takes.
_COMES_BACK = {"RRTN", "RRCT", "RPCR", "RIMB"}
_TAKEN_BY_THE_BANK = {"CHRG", "COMM", "FEES", "TAXE"}
# The standard lets a bank write fifteen digits; more than one is all that matters.
_MOST_PARTS = 1_000_000
_CODES = (
    *("BkTxCd/Domn/Cd", "BkTxCd/Domn/Fmly/Cd", "BkTxCd/Domn/Fmly/SubFmlyCd"),
    "BkTxCd/Prtry/Cd",
)


def booked_lines(entry: etree._Element) -> tuple[list[BankLine], Decimal] | None:
    """The lines of an entry, and what it moved (signed); None for one that is not booked."""
    facts = Facts(entry)
    if facts.text("Sts/Cd", "Sts") != "BOOK":
        return None
    found = facts.amount("Amt")
    if found is None:
        raise NotAnAnswer("missing", "Amt")
    amount, currency = found
    if amount == 0:
        return [], amount
    whole = _whole(facts, amount, currency)
    if not facts.details:
        return [_by_itself(whole)], whole.signed
    alone = len(facts.details) == 1
    lines = [
        _detail(Facts(one), number, whole, facts.records if alone else (), alone=alone)
        for number, one in enumerate(facts.details, start=1)
    ]
    if not alone and sum((line.signed for line in lines), Decimal(0)) != whole.signed:
        lines = [replace(line, details_differ=True) for line in lines]
    if whole.charges and sum((line.charges for line in lines), Decimal(0)) != whole.charges:
        shared = f"{whole.charges} {currency}"
        lines = [replace(line, shared_charges=shared) for line in lines]
    return lines, whole.signed


def _by_itself(whole: BankLine) -> BankLine:
    """An entry that says nothing of its payment: what was ordered is what the bank did not take of it."""
    if not whole.charges or whole.parts > 1:
        return whole
    ordered = whole.amount + whole.charges if whole.is_credit else whole.amount - whole.charges
    return replace(whole, instructed=ordered, instructed_currency=whole.currency)


def _whole(facts: Facts, amount: Decimal, currency: str) -> BankLine:
    booked_on = facts.day("BookgDt") or facts.day("ValDt")
    if booked_on is None:
        raise NotAnAnswer("missing", "BookgDt")
    codes = _codes(facts)
    charges, other_charges = _charges(facts.records, currency)
    parts = facts.text("NtryDtls/Btch/NbOfTxs")
    return BankLine(
        reference=identifier(facts.text("AcctSvcrRef") or facts.text("NtryRef")),
        detail=0,
        parts=min(int(parts), _MOST_PARTS) if parts.isdecimal() else 1,
        booked_on=booked_on,
        valued_on=facts.day("ValDt"),
        amount=amount,
        currency=currency,
        is_credit=facts.is_credit(),
        is_reversal=facts.text("RvslInd") in ("true", "1"),
        is_charge=not _TAKEN_BY_THE_BANK.isdisjoint(codes),
        charges=charges,
        other_charges=other_charges,
        group_id=identifier(facts.text("NtryDtls/Btch/PmtInfId")),
        text=facts.text("AddtlNtryInf")[:500],
        bank_code="/".join(codes)[:35],
    )


def _codes(facts: Facts) -> list[str]:
    return [found for path in _CODES if (found := facts.text(path))]


def _detail(
    facts: Facts, number: int, whole: BankLine, records: Sequence[Facts], *, alone: bool
) -> BankLine:
    """One transaction of an entry, on what the entry says of all.

    Of a single one the entry is the amount: what the detail says may be in another currency.
    """
    given = facts.amount("Amt") or facts.amount("AmtDtls/TxAmt/Amt")
    if given is not None and not alone and given[1] != whole.currency:
        raise NotAnAnswer("mixed", f"{given[1]} {whole.currency}")
    amount = whole.amount if alone or given is None else given[0]
    is_credit = facts.is_credit() if facts.text("CdtDbtInd") else whole.is_credit
    codes = _codes(facts)
    comes_back = any(path.startswith("RtrInf/") for path in facts.texts)
    charges, other_charges = _charges(facts.records or records, whole.currency)
    ordered = facts.amount("AmtDtls/InstdAmt/Amt") or given or (amount, whole.currency)
    instructed, differs = _without_charges(amount, charges, ordered, whole, is_credit=is_credit)
    side = "RltdPties/Dbtr" if is_credit and not comes_back else "RltdPties/Cdtr"
    account = facts.text(f"{side}Acct/Id/IBAN", f"{side}Acct/Id/Othr/Id")
    return replace(
        whole,
        reference=whole.reference or identifier(facts.text("Refs/AcctSvcrRef")),
        detail=number,
        parts=1,
        amount=amount,
        is_credit=is_credit,
        is_return=comes_back or not _COMES_BACK.isdisjoint(codes),
        is_charge=whole.is_charge or not _TAKEN_BY_THE_BANK.isdisjoint(codes),
        charges=charges,
        # Of which of several details the charges of their entry are, nobody says: they wait together.
        other_charges=other_charges or whole.other_charges,
        instructed=instructed,
        instructed_currency=ordered[1],
        end_to_end_id=identifier(facts.text("Refs/EndToEndId")),
        group_id=identifier(facts.text("Refs/PmtInfId")) or whole.group_id,
        payee=facts.text(f"{side}/Pty/Nm", f"{side}/Nm")[:140],
        payee_account=account.replace(" ", "").upper()[:34],
        text=(facts.text("RmtInf/Ustrd", "AddtlTxInf") or whole.text)[:500],
        return_code=facts.text("RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry")[:35],
        bank_code="/".join(codes)[:35] or whole.bank_code,
        details_differ=differs,
    )


def _without_charges(
    amount: Decimal,
    charges: Decimal,
    ordered: tuple[Decimal, str],
    whole: BankLine,
    *,
    is_credit: bool,
) -> tuple[Decimal, bool]:
    """What was ordered, without what the bank took of it; and whether it is another sum than it says."""
    said, currency = ordered
    if currency != whole.currency:
        return said, False
    expected = amount + charges if is_credit else amount - charges
    return expected, said not in (amount, expected)


def _charges(records: Sequence[Facts], currency: str) -> tuple[Decimal, str]:
    """What the bank took for itself within the amount, in the currency of the account.

    And what no line can be charged with: what it took in others, and what it gave back of an earlier
    charge, which is below zero.
    """
    taken: dict[str, Decimal] = defaultdict(Decimal)
    given_back: dict[str, Decimal] = defaultdict(Decimal)
    for record in records:
        found = record.amount("Amt")
        if record.text("ChrgInclInd") not in ("true", "1") or found is None or not found[0]:
            continue
        amount, of = found
        if record.text("CdtDbtInd") == "CRDT":
            given_back[of] -= amount
        else:
            taken[of] += amount
    ours = taken.pop(currency, Decimal(0))
    others = [*sorted(taken.items()), *sorted(given_back.items())]
    return ours, ", ".join(f"{amount} {of}" for of, amount in others)
