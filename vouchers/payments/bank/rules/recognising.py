"""What a file is, by its first bytes: so that the wrong one is called by its name."""

from __future__ import annotations

import re

from .answers import VERSIONS, NotAnAnswer

HEAD = 4096
_ISO = re.compile(r"urn:(?:iso:std:iso:20022:tech:xsd|swift:xsd):([a-z]{4}\.\d{3}\.\d{3}\.\d{2})")
_BEGINNINGS = (
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "packed"),
    (b"\x1f\x8b", "packed"),
    (b"\xd0\xcf\x11\xe0", "spreadsheet"),
)
# Messages that people have at hand and take for an answer; others are told by their name.
_OTHERS = ("pain.001", "pain.008", "camt.052", "pacs.004")


def version_of(head: bytes) -> str:
    """The version of the message that a file begins with, or "csv" for what may be a table.

    Raises NotAnAnswer for everything else, by its name.
    """
    if not head.strip():
        raise NotAnAnswer("empty")
    for mark, fault in _BEGINNINGS:
        if head.startswith(mark):
            raise NotAnAnswer(fault)
    text = _plain(head)
    begin = text.lstrip("\ufeff \t\r\n")
    lowered = begin.lower()
    if re.match(r"(?:\{1:F01|:20:|:25:)", begin) or "\n:60F:" in text or "\n:61:" in text:
        raise NotAnAnswer("mt942" if ":34F:" in text or "{2:O942" in text else "mt940")
    if lowered.startswith(("<!doctype html", "<html")):
        raise NotAnAnswer("web_page")
    if "<!doctype" in lowered or "<!entity" in lowered:
        raise NotAnAnswer("entities")
    if lowered.startswith(("<ofx", "ofxheader")):
        raise NotAnAnswer("other_message", "OFX")
    if begin.startswith("<"):
        return _message(begin)
    if "\x00" in text or "\n" not in text or not re.search(r"[;,\t|]", text.partition("\n")[0]):
        raise NotAnAnswer("unknown")
    return "csv"


def _plain(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="replace")
    return head.decode("utf-8", errors="replace")


def _message(begin: str) -> str:
    found = _ISO.search(begin)
    if found is None:
        raise NotAnAnswer("other_xml")
    version = found[1]
    if version in VERSIONS:
        return version
    for message in _OTHERS:
        if version.startswith(message):
            raise NotAnAnswer(message.replace(".", "_"), version)
    if version[:8] in {one[:8] for one in VERSIONS}:
        raise NotAnAnswer("other_version", version)
    raise NotAnAnswer("other_message", version)
