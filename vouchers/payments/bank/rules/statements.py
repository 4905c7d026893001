"""camt.053 (statement) and camt.054 (notification of debits and credits), of 2009 and of 2019."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from lxml import etree

from .answers import CAMT_053, CAMT_054, Answer, Line, NotAnAnswer, Statement, identifier
from .xml_form import Reader, day_in, ends_in, let_go

# More movements than a programme has in years.
MOST_LINES = 20_000
_BODY = {CAMT_053: "Stmt", CAMT_054: "Ntfctn"}
# Sub-families of the ISO list of bank transaction codes: what comes back, and what the bank takes.
_COMES_BACK = {"RRTN", "RRCT", "RPCR", "RIMB"}
_TAKEN_BY_THE_BANK = {"CHRG", "COMM", "FEES", "TAXE"}


def read_statements(content: bytes, version: str) -> Answer:
    """The statements of a camt file. Raises NotAnAnswer with what is wrong, and where."""
    kind = version[:8]
    reader, found, message = Reader(version), [], ""
    lines: list[Line] = []
    pending, moved = 0, Decimal(0)
    for element in ends_in(content):
        if element.tag == reader.name("GrpHdr"):
            message = reader.text(element, "MsgId")
        elif element.tag == reader.name("Ntry"):
            if _is_booked(reader, element):
                entry = _lines(reader, element)
                lines.extend(entry)
                amount, _currency = reader.amount_of(_needed(reader, element, "Amt"))
                moved += amount if reader.is_credit(element) else -amount
            else:
                pending += 1
            if len(lines) > MOST_LINES:
                raise NotAnAnswer("long", str(MOST_LINES))
            let_go(element)
        elif element.tag == reader.name(_BODY[kind]):
            found.append(_statement(reader, element, lines, pending, moved))
            lines, pending, moved = [], 0, Decimal(0)
            let_go(element)
    if not found:
        raise NotAnAnswer("nothing")
    return Answer(kind, version, message, statements=tuple(found))


def _needed(reader: Reader, element: etree._Element, path: str) -> etree._Element:
    found = reader.find(element, path)
    if found is None:
        raise NotAnAnswer("missing", path)
    return found


def _is_booked(reader: Reader, entry: etree._Element) -> bool:
    return reader.text(entry, "Sts/Cd", "Sts") == "BOOK"


def _statement(
    reader: Reader, element: etree._Element, lines: list[Line], pending: int, moved: Decimal
) -> Statement:
    account = reader.text(element, "Acct/Id/IBAN", "Acct/Id/Othr/Id").replace(" ", "").upper()
    if not account:
        raise NotAnAnswer("missing", "Acct/Id")
    balances = {}
    for balance in reader.all(element, "Bal"):
        amount, currency = reader.amount_of(_needed(reader, balance, "Amt"))
        signed = amount if reader.is_credit(balance) else -amount
        balances[reader.text(balance, "Tp/CdOrPrtry/Cd", "Tp/CdOrPrtry/Prtry")] = (
            signed,
            currency,
            reader.day(balance, "Dt"),
        )
    opening = balances.get("OPBD") or balances.get("PRCD")
    closing = balances.get("CLBD")
    currency = reader.text(element, "Acct/Ccy") or next(
        (found[1] for found in balances.values()), lines[0].currency if lines else ""
    )
    for line in lines:
        if line.currency != currency:
            raise NotAnAnswer("mixed", f"{line.currency} {currency}")
    begins, ends = reader.text(element, "FrToDt/FrDtTm"), reader.text(element, "FrToDt/ToDtTm")
    days = sorted(line.booked_on for line in lines)
    return Statement(
        identification=reader.text(element, "Id"),
        number=reader.text(element, "ElctrncSeqNb", "LglSeqNb"),
        account=account,
        currency=currency,
        begins_on=_day(begins) or (opening[2] if opening else None) or (days[0] if days else None),
        ends_on=_day(ends) or (closing[2] if closing else None) or (days[-1] if days else None),
        opening=opening[0] if opening else None,
        closing=closing[0] if closing else None,
        lines=lines,
        pending=pending,
        moved=moved,
    )


def _day(written: str) -> date | None:
    return day_in(written) if written else None


def _lines(reader: Reader, entry: etree._Element) -> list[Line]:
    """The entry as one line, or one for each of its details."""
    amount, currency = reader.amount_of(_needed(reader, entry, "Amt"))
    if amount == 0:
        return []
    booked_on = reader.day(entry, "BookgDt") or reader.day(entry, "ValDt")
    if booked_on is None:
        raise NotAnAnswer("missing", "BookgDt")
    codes = _bank_code(reader, entry)
    whole = Line(
        reference=identifier(reader.text(entry, "AcctSvcrRef") or reader.text(entry, "NtryRef")),
        detail=0,
        parts=_parts(reader, entry),
        booked_on=booked_on,
        valued_on=reader.day(entry, "ValDt"),
        amount=amount,
        currency=currency,
        is_credit=reader.is_credit(entry),
        is_reversal=reader.text(entry, "RvslInd") in ("true", "1"),
        is_charge=not _TAKEN_BY_THE_BANK.isdisjoint(codes),
        group_id=identifier(reader.text(entry, "NtryDtls/Btch/PmtInfId")),
        text=reader.text(entry, "AddtlNtryInf")[:500],
        bank_code="/".join(codes)[:35],
    )
    details = reader.all(entry, "NtryDtls/TxDtls")
    if not details:
        return [whole]
    # Of a single detail the entry is the amount; it may be in another currency than the account.
    found = [_detail(reader, one, number, whole, alone=len(details) == 1)
             for number, one in enumerate(details, start=1)]  # fmt: skip
    if len(found) == 1 and not found[0].charges:
        found = [replace(found[0], charges=_charges(reader, entry, currency))]
    found = [_without_charges(line) for line in found]
    if sum((line.signed for line in found), Decimal(0)) != whole.signed:
        found = [replace(line, details_differ=True) for line in found]
    return found


def _without_charges(line: Line) -> Line:
    """The line with what was ordered: what moved, without what the bank took for itself of it."""
    if line.instructed_currency != line.currency:
        return line
    ordered = line.amount + line.charges if line.is_credit else line.amount - line.charges
    if line.instructed not in (line.amount, ordered):
        return replace(line, details_differ=True)
    return replace(line, instructed=ordered)


def _parts(reader: Reader, entry: etree._Element) -> int:
    written = reader.text(entry, "NtryDtls/Btch/NbOfTxs")
    return int(written) if written.isdecimal() else 1


def _bank_code(reader: Reader, element: etree._Element) -> tuple[str, ...]:
    codes = (
        reader.text(element, "BkTxCd/Domn/Cd"),
        reader.text(element, "BkTxCd/Domn/Fmly/Cd"),
        reader.text(element, "BkTxCd/Domn/Fmly/SubFmlyCd"),
        reader.text(element, "BkTxCd/Prtry/Cd"),
    )
    return tuple(filter(None, codes))


def _detail(
    reader: Reader, detail: etree._Element, number: int, whole: Line, *, alone: bool
) -> Line:
    """One transaction of an entry, on what the entry says of all."""
    given = reader.amount(detail, "Amt") or reader.amount(detail, "AmtDtls/TxAmt/Amt")
    amount = whole.amount if alone or given is None else given[0]
    if given is not None and not alone and given[1] != whole.currency:
        raise NotAnAnswer("mixed", f"{given[1]} {whole.currency}")
    is_credit = whole.is_credit
    if reader.text(detail, "CdtDbtInd"):
        is_credit = reader.is_credit(detail)
    instructed = reader.amount(detail, "AmtDtls/InstdAmt/Amt") or given or (amount, whole.currency)
    codes = _bank_code(reader, detail)
    parties = "RltdPties/Dbtr" if is_credit and not _is_return(reader, detail) else "RltdPties/Cdtr"
    return replace(
        whole,
        reference=whole.reference or identifier(reader.text(detail, "Refs/AcctSvcrRef")),
        detail=number,
        parts=1,
        amount=amount,
        is_credit=is_credit,
        is_return=_is_return(reader, detail) or not _COMES_BACK.isdisjoint(codes or ()),
        is_charge=whole.is_charge or not _TAKEN_BY_THE_BANK.isdisjoint(codes),
        charges=_charges(reader, detail, whole.currency),
        instructed=instructed[0],
        instructed_currency=instructed[1],
        end_to_end_id=identifier(reader.text(detail, "Refs/EndToEndId")),
        group_id=identifier(reader.text(detail, "Refs/PmtInfId")) or whole.group_id,
        payee=reader.text(detail, f"{parties}/Pty/Nm", f"{parties}/Nm")[:140],
        payee_account=reader.text(detail, f"{parties}Acct/Id/IBAN", f"{parties}Acct/Id/Othr/Id")
        .replace(" ", "")
        .upper()[:34],
        text=(reader.text(detail, "RmtInf/Ustrd", "AddtlTxInf") or whole.text)[:500],
        return_code=reader.text(detail, "RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry")[:35],
        bank_code="/".join(codes)[:35] or whole.bank_code,
    )


def _is_return(reader: Reader, detail: etree._Element) -> bool:
    return reader.find(detail, "RtrInf") is not None


def _charges(reader: Reader, element: etree._Element, currency: str) -> Decimal:
    """What the bank took for itself within the amount, in the currency of the account."""
    records = [*reader.all(element, "Chrgs/Rcrd"), *reader.all(element, "Chrgs")]
    taken = Decimal(0)
    for record in records:
        within = reader.text(record, "ChrgInclInd") in ("true", "1")
        found = reader.amount(record, "Amt")
        if within and found is not None and found[1] == currency:
            taken += found[0]
    return taken
