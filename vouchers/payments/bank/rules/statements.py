"""camt.053 (statement) and camt.054 (notification of debits and credits), of 2009 and of 2019."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from lxml import etree

from .answers import CAMT_053, CAMT_054, BankAnswer, BankLine, NotAnAnswer, Statement
from .entries import booked_lines
from .xml_form import Facts, Reader, day_in, ends_in, let_go

# More movements than a programme has in years.
MOST_LINES = 20_000
_BODY = {CAMT_053: "Stmt", CAMT_054: "Ntfctn"}


def read_statements(content: bytes, version: str) -> BankAnswer:
    """The statements of a camt file. Raises NotAnAnswer with what is wrong, and where."""
    kind = version[:8]
    reader, found, message = Reader(version), [], ""
    header, entry, body = (reader.name(one) for one in ("GrpHdr", "Ntry", _BODY[kind]))
    lines: list[BankLine] = []
    pending, moved = 0, Decimal(0)
    for element in ends_in(content, header, entry, body):
        if element.tag == entry:
            booked = booked_lines(element)
            if booked is None:
                pending += 1
            else:
                lines.extend(booked[0])
                moved += booked[1]
            if len(lines) > MOST_LINES:
                raise NotAnAnswer("long", str(MOST_LINES))
            let_go(element)
        elif element.tag == body:
            found.append(_statement(reader, element, lines, pending, moved))
            lines, pending, moved = [], 0, Decimal(0)
            let_go(element)
        else:
            message = reader.text(element, "MsgId")
    if not found:
        raise NotAnAnswer("nothing")
    return BankAnswer(kind, version, message, statements=tuple(found))


def _statement(
    reader: Reader, element: etree._Element, lines: list[BankLine], pending: int, moved: Decimal
) -> Statement:
    account = reader.text(element, "Acct/Id/IBAN", "Acct/Id/Othr/Id").replace(" ", "").upper()
    if not account:
        raise NotAnAnswer("missing", "Acct/Id")
    balances = _balances(reader, element)
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


def _balances(
    reader: Reader, element: etree._Element
) -> dict[str, tuple[Decimal, str, date | None]]:
    """The balances by their codes: signed, with currency and day."""
    balances = {}
    for balance in map(Facts, reader.all(element, "Bal")):
        found = balance.amount("Amt")
        if found is None:
            raise NotAnAnswer("missing", "Bal/Amt")
        signed = found[0] if balance.is_credit() else -found[0]
        code = balance.text("Tp/CdOrPrtry/Cd", "Tp/CdOrPrtry/Prtry")
        balances[code] = (signed, found[1], balance.day("Dt"))
    return balances


def _day(written: str) -> date | None:
    return day_in(written) if written else None
