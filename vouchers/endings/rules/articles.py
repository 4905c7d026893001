"""The articles of an agreement, as they stand in the text that was signed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from lxml import html

# Value and time, and payment: by these the portal counts and pays. The end moves by more time that was
# agreed to; the rest is the call's, the same for all its vouchers.
KEPT_BY_THE_PORTAL = (2, 6)

_HEADING = re.compile(r"^\s*(\d+)\.\s*(.+?)\s*$", re.DOTALL)
_UNSEEN = re.compile("[\u2066-\u2069\u200e\u200f\u202a-\u202e]")


@dataclass(frozen=True)
class Article:
    """One article in the language that was signed: its number, heading and text in one paragraph."""

    number: int
    heading: str
    text: str


def articles_in(signed: str) -> list[Article]:
    """The articles of a signed text (HTML of the letter's template), in their order."""
    found = []
    for part in html.fragments_fromstring(signed):
        if isinstance(part, str) or "article" not in part.classes:
            continue
        heading = _HEADING.match(_words(part.findtext("h2") or ""))
        if heading:
            paragraphs = (_words(one.text_content()) for one in part.findall("p"))
            found.append(Article(int(heading[1]), heading[2], "\n".join(filter(None, paragraphs))))
    return found


def amended(articles: Iterable[Article], changes: Mapping[int, str]) -> list[Article]:
    """The articles with what stands in them by `changes` (by number) from then on."""
    return [
        replace(one, text=changes[one.number]) if one.number in changes else one for one in articles
    ]


def _words(text: str) -> str:
    """Without the line breaks of a template, and the marks of direction that frame its names."""
    return " ".join(_UNSEEN.sub("", text).split())
