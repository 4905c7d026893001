"""XML of a bank, read as a stream: nothing is resolved, nothing fetched, and a DOCTYPE stops it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path

from lxml import etree

from vouchers.payments.rules.amounts import fits

from .answers import NotAnAnswer

_SCHEMAS = Path(__file__).parent / "schemas"
_AMOUNT = re.compile(r"[0-9]{1,13}(?:\.[0-9]{1,5})?")
_CURRENCY = re.compile(r"[A-Z]{3}")


_HARDENED = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def ends_in(content: bytes) -> Iterator[etree._Element]:
    """Each element of the message as it ends; the first that comes is the root as it begins.

    Raises NotAnAnswer for what is cut, broken, or has a DOCTYPE.
    """
    parsing = etree.iterparse(BytesIO(content), events=("start", "end"), **_HARDENED)
    root = None
    try:
        for event, element in parsing:
            if root is None:
                root = element
                if root.getroottree().docinfo.doctype:
                    raise NotAnAnswer("entities")
                yield root
            elif event == "end":
                yield element
    except etree.XMLSyntaxError as error:
        raise _fault(error, content) from error


def require_schema(content: bytes, version: str) -> None:
    """Hold a message that was read against its official schema, where there is one here.

    A pass of its own: a parser that validates while it reads takes a file that is cut for whole. Raises
    NotAnAnswer with what the schema does not allow.
    """
    schema = _schema(version)
    if schema is None:
        return
    try:
        for _event, element in etree.iterparse(BytesIO(content), schema=schema, **_HARDENED):
            element.clear()
    except etree.XMLSyntaxError as error:
        raise NotAnAnswer("schema", re.sub(r"\{[^}]*\}", "", error.msg or "")) from error


def _fault(error: etree.XMLSyntaxError, content: bytes) -> NotAnAnswer:
    message = error.msg or ""
    is_whole = content.rstrip().endswith(b">") and b"Document>" in content[-200:]
    return NotAnAnswer("broken" if is_whole else "cut", message)


@cache
def _schema(version: str) -> etree.XMLSchema | None:
    path = _SCHEMAS / f"{version}.xsd"
    return etree.XMLSchema(etree.parse(str(path))) if path.exists() else None


def let_go(element: etree._Element) -> None:
    """Free what was read, and its like before it."""
    element.clear()
    parent, before = element.getparent(), element.getprevious()
    if parent is not None and before is not None and before.tag == element.tag:
        parent.remove(before)


class Reader:
    """Reads texts, days and amounts below an element, in the namespace of the message."""

    def __init__(self, version: str) -> None:
        self.space = f"{{urn:iso:std:iso:20022:tech:xsd:{version}}}"
        self._paths: dict[str, str] = {}

    def name(self, local: str) -> str:
        return f"{self.space}{local}"

    def path(self, path: str) -> str:
        found = self._paths.get(path)
        if found is None:
            found = self._paths[path] = "/".join(self.space + part for part in path.split("/"))
        return found

    def find(self, element: etree._Element, path: str) -> etree._Element | None:
        return element.find(self.path(path))

    def all(self, element: etree._Element, path: str) -> list[etree._Element]:
        return element.findall(self.path(path))

    def text(self, element: etree._Element, *paths: str) -> str:
        """The text at the first of the paths that has one, on one line; empty where none has."""
        for path in paths:
            if found := element.findtext(self.path(path)):
                return " ".join(found.split())
        return ""

    def day(self, element: etree._Element, path: str) -> date | None:
        """The day at a path that holds a day, or an instant on the calendar it is written in."""
        written = self.text(element, f"{path}/Dt", f"{path}/DtTm")
        return day_in(written) if written else None

    def amount(self, element: etree._Element, path: str) -> tuple[Decimal, str] | None:
        """The amount at a path, with its currency. Raises NotAnAnswer for what is none."""
        found = self.find(element, path)
        return None if found is None else self.amount_of(found)

    def amount_of(self, found: etree._Element) -> tuple[Decimal, str]:
        written, currency = (found.text or "").strip(), found.get("Ccy", "")
        if not _AMOUNT.fullmatch(written) or not _CURRENCY.fullmatch(currency):
            raise NotAnAnswer("amount", f"{written} {currency}".strip())
        amount = Decimal(written)
        if not fits(currency, amount):
            raise NotAnAnswer("decimals", f"{written} {currency}")
        return amount, currency

    def is_credit(self, element: etree._Element) -> bool:
        """Which way the money went. Raises NotAnAnswer where it does not say."""
        written = self.text(element, "CdtDbtInd")
        if written not in ("CRDT", "DBIT"):
            raise NotAnAnswer("side", written)
        return written == "CRDT"


def day_in(written: str) -> date:
    """The day of a date or an instant. Raises NotAnAnswer for what is neither."""
    try:
        return datetime.fromisoformat(written).date()
    except ValueError:
        pass
    try:
        return date.fromisoformat(written[:10])
    except ValueError as error:
        raise NotAnAnswer("day", written) from error
