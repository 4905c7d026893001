"""What a file says that is a consolidated list of sanctions, read entity by entity. Pure.

Two forms of the European Commission (its “full sanctions list 1.1”): XML in the name space of EXPORT,
and CSV with semicolons, whose columns are found by their headings. Neither is ever held whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

NAMESPACE = "http://eu.europa.ec/fpi/fsd/export"
# Nobody is listed under more names or dates; what says so is no list.
MOST_OF_ONE = 2_000


class NotAList(Exception):
    """The file is no list that can be read; `fault` is one of FAULTS, `detail` what was found."""

    def __init__(self, fault: str, detail: str = "") -> None:
        super().__init__(f"{fault} {detail}".strip())
        self.fault = fault
        self.detail = detail[:200]


# What may be wrong with a file; the sentences for people are in the models.
FAULTS = (
    *("empty", "html", "zip", "entities", "other_xml", "cut", "broken", "no_columns", "no_date"),
    *("no_names", "not_text", "unknown", "too_many"),
)


@dataclass(frozen=True)
class NamedAs:
    """One name of an entity, as the list writes it, and in which language (a code; often empty)."""

    name: str
    language: str = ""


@dataclass
class Entity:
    """Somebody on the list: what a person must know to tell whether it is the one who is meant."""

    reference: str
    is_person: bool
    programme: str = ""
    regulation: str = ""
    names: list[NamedAs] = field(default_factory=list)
    births: list[str] = field(default_factory=list)
    remark: str = ""


@dataclass(frozen=True)
class Beginning:
    """What the beginning of a file tells: its form, `xml` or `csv`."""

    form: str


def beginning(head: bytes) -> Beginning:
    """By the first kilobytes of a file: which form it has. Raises NotAList for what is none."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    small = text[:2048].lower()
    if not text:
        raise NotAList("empty")
    if text.startswith((b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")):
        raise NotAList("zip")
    if small.startswith(b"<!doctype html") or b"<html" in small:
        raise NotAList("html")
    if b"<!doctype" in small or b"<!entity" in small:
        raise NotAList("entities")
    if text.startswith(b"<"):
        return Beginning("xml")
    if b"\x00" in text:
        raise NotAList("not_text")
    if b"entity_" in small or b";" in small.split(b"\n")[0]:
        return Beginning("csv")
    raise NotAList("unknown")


Entities = Iterator[Entity]


def day_from(text: str) -> date | None:
    """The day of `2026-11-24T10:00:00+01:00`, `2026-11-24` or `24/11/2026`; None for what is none."""
    text = text.strip()[:10]
    try:
        if "/" in text:
            day, month, year = text.split("/")
            return date(int(year), int(month), int(day))
        return date.fromisoformat(text)
    except ValueError:
        return None
