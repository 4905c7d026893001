"""What a public page repeats of what a letter says, taken from its frozen facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from documents import wording
from documents.kinds import Manner, kind
from documents.models import Document
from documents.rules.masking import masked_account, masked_name


@dataclass(frozen=True)
class Said:
    """One line: what it is called in the reader's language, and what the letter says."""

    label: str | Promise
    text: SafeString


def said_in(document: Document) -> list[Said]:
    """What the letter says, as far as its kind lets it be told (`documents.kinds.Told`)."""
    return [
        Said(told.label, _WRITTEN[told.manner](str(document.facts[told.fact])))
        for told in kind(document.kind).told
        if document.facts.get(told.fact) not in (None, "")
    ]


# What a room says of a letter of a kind besides: what its paper cannot know, such as a later amendment.
Remarks = Callable[[Document], Sequence[str]]
_REMARKS: dict[str, Remarks] = {}


def register_remarks(slug: str, remarks: Remarks) -> None:
    """Have sentences (in the active language) stand beside what a letter of the kind `slug` says."""
    _REMARKS[slug] = remarks


def remarks_on(document: Document) -> Sequence[str]:
    """What is to be known of the letter besides what it says itself."""
    told = _REMARKS.get(document.kind)
    return told(document) if told is not None else ()


_WRITTEN: dict[Manner, Callable[[str], SafeString]] = {
    Manner.NAME: wording.as_written,
    Manner.PERSON: lambda name: wording.as_written(masked_name(name)),
    Manner.MONEY: lambda value: wording.isolated(wording.amount(value)),
    Manner.DAY: lambda value: wording.as_written(wording.day(value)),
    Manner.ACCOUNT: lambda value: wording.isolated(masked_account(value)),
    Manner.NUMBER: lambda value: wording.isolated(wording.number(value)),
}
