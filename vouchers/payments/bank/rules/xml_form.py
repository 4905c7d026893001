"""XML of a bank, read as a stream: nothing is resolved, nothing fetched, and a DOCTYPE stops it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path

from lxml import etree

from inputs.rules.currencies import fits

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


def ends_in(content: bytes, *tags: str) -> Iterator[etree._Element]:
    """Each element of these tags as it ends.

    Raises NotAnAnswer for what is cut, broken, or has a DOCTYPE.
    """
    parsing = etree.iterparse(BytesIO(content), events=("end",), tag=tags, **_HARDENED)
    seen = False
    try:
        for _event, element in parsing:
            if not seen and element.getroottree().docinfo.doctype:
                raise NotAnAnswer("entities")
            seen = True
            yield element
    except etree.XMLSyntaxError as error:
        raise _fault(error, content) from error
    if parsing.root.getroottree().docinfo.doctype:
        raise NotAnAnswer("entities")


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


class Facts:
    """The texts and amounts below an element, by their paths, read in one pass.

    What is repeated is kept apart: the details of an entry, and the records of its charges.
    """

    __slots__ = ("currencies", "details", "records", "texts")

    def __init__(self, element: etree._Element) -> None:
        self.texts: dict[str, str] = {}
        self.currencies: dict[str, str] = {}
        self.details: list[etree._Element] = []
        self.records: list[Facts] = []
        self._walk(element, "", len(element.tag.rpartition("}")[0]) + 1)

    def _walk(self, element: etree._Element, prefix: str, space: int) -> None:
        for child in element:
            name = child.tag[space:]
            if name == "TxDtls":
                self.details.append(child)
            elif name == "Chrgs":
                # Records behind their total, as of 2019; or each in a group of its own, as of 2009.
                records = [one for one in child if one.tag[space:] == "Rcrd"]
                self.records += [Facts(one) for one in records or [child]]
            elif len(child):
                self._walk(child, f"{prefix}{name}/", space)
            else:
                path = prefix + name
                self.texts.setdefault(path, child.text or "")
                if child.attrib:
                    self.currencies.setdefault(path, child.get("Ccy", ""))

    def text(self, *paths: str) -> str:
        """The text at the first of the paths that has one, on one line; empty where none has."""
        for path in paths:
            if found := self.texts.get(path):
                return " ".join(found.split())
        return ""

    def day(self, path: str) -> date | None:
        """The day at a path that holds a day, or an instant on the calendar it is written in."""
        written = self.text(f"{path}/Dt", f"{path}/DtTm")
        return day_in(written) if written else None

    def amount(self, path: str) -> tuple[Decimal, str] | None:
        """The amount at a path, with its currency. Raises NotAnAnswer for what is none."""
        written = self.texts.get(path)
        return None if written is None else amount_in(written, self.currencies.get(path, ""))

    def is_credit(self) -> bool:
        """Which way the money went. Raises NotAnAnswer where it does not say."""
        written = self.text("CdtDbtInd")
        if written not in ("CRDT", "DBIT"):
            raise NotAnAnswer("side", written)
        return written == "CRDT"


def amount_in(written: str, currency: str) -> tuple[Decimal, str]:
    """An amount above zero, or zero, in a currency. Raises NotAnAnswer for what is none."""
    written = written.strip()
    if not _AMOUNT.fullmatch(written) or not _CURRENCY.fullmatch(currency):
        raise NotAnAnswer("amount", f"{written} {currency}".strip())
    amount = Decimal(written)
    if not fits(currency, amount):
        raise NotAnAnswer("decimals", f"{written} {currency}")
    return amount, currency


class Reader:
    """Finds elements and texts, in the namespace of the message."""

    def __init__(self, version: str) -> None:
        self.space = f"{{urn:iso:std:iso:20022:tech:xsd:{version}}}"

    def name(self, local: str) -> str:
        return f"{self.space}{local}"

    def path(self, path: str) -> str:
        return "/".join(self.space + part for part in path.split("/"))

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


def day_in(written: str) -> date:
    """The day of a date or an instant. Raises NotAnAnswer for what is neither."""
    try:
        return date.fromisoformat(written[:10])
    except ValueError as error:
        raise NotAnAnswer("day", written) from error
