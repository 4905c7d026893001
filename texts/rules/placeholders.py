"""Placeholders in a text that somebody typed: `{cluster}`, `{accept_by}`. Nothing else in it is code.

A placeholder is a name in curly brackets. It is replaced once: what it is replaced by may hold brackets
itself, and they stay what they are. A bracket that belongs to no placeholder is an error at saving, so
that `{{ cluster }}`, `{% now %}` or `{0.__class__}` never come into a letter by a slip.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]{0,39})\}")
# Embeddings and overrides of direction, with which a text reads otherwise than it is stored, and
# control characters but the line break and the tab. Marks and isolates (U+200E, U+2066 …) are in use.
_HIDDEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2028\u2029]")
# How much of what is wrong is shown.
_SHOWN = 40


class FlawKind(StrEnum):
    """What may be wrong with a text."""

    EMPTY = "empty"
    LONG = "long"
    LINES = "lines"
    HIDDEN = "hidden"
    MALFORMED = "malformed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Flaw:
    """One thing that is wrong, with the part of the text that it is about."""

    wrong: FlawKind
    part: str = ""


@dataclass(frozen=True)
class TextShape:
    """What a text may be: how many characters, of one line only, and whether it may be empty."""

    most: int
    one_line: bool = False
    may_be_empty: bool = False


def tidied(text: str) -> str:
    """The text with line breaks of one kind, without blanks around it or at the end of its lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def problems(text: str, shape: TextShape, known: Collection[str]) -> list[Flaw]:
    """All that is wrong with a tidied text in which the placeholders `known` may stand."""
    found: list[Flaw] = []
    if not text and not shape.may_be_empty:
        found.append(Flaw(FlawKind.EMPTY))
    if len(text) > shape.most:
        # Nobody needs the rest of it told as well.
        return [Flaw(FlawKind.LONG, str(shape.most))]
    if shape.one_line and "\n" in text:
        found.append(Flaw(FlawKind.LINES))
    found += [Flaw(FlawKind.HIDDEN, f"U+{ord(one):04X}") for one in _once(_HIDDEN.findall(text))]
    found += [Flaw(FlawKind.MALFORMED, part) for part in _once(_stray(text))]
    found += [
        Flaw(FlawKind.UNKNOWN, f"{{{name}}}") for name in placeholders(text) if name not in known
    ]
    return found


def placeholders(text: str) -> list[str]:
    """The names in curly brackets, each once, in their order."""
    return _once(_PLACEHOLDER.findall(text))


def filled(text: str, value_of: Callable[[str], str], literal: Callable[[str], str] = str) -> str:
    """The text with each placeholder replaced, once, by what `value_of` says of its name.

    What stands between them goes through `literal`, which may escape it.
    """
    parts, end = [], 0
    for found in _PLACEHOLDER.finditer(text):
        parts += [literal(text[end : found.start()]), value_of(found.group(1))]
        end = found.end()
    return "".join([*parts, literal(text[end:])])


def _stray(text: str) -> Iterator[str]:
    """What surrounds each bracket that belongs to no placeholder."""
    bare = _PLACEHOLDER.sub(lambda found: " " * len(found.group()), text)
    for bracket in re.finditer(r"[{}]", bare):
        at = bracket.start()
        start, end = (at, at + _SHOWN) if bracket.group() == "{" else (max(0, at - _SHOWN), at + 1)
        yield _line_around(text, start, end, at)


def _line_around(text: str, start: int, end: int, at: int) -> str:
    """The part of the bracket's own line, from an opening bracket to the next closing one."""
    line_start = text.rfind("\n", 0, at) + 1
    line_end = text.find("\n", at)
    part = text[max(start, line_start) : min(end, line_end if line_end >= 0 else len(text))]
    if part.startswith("{") and "}" in part:
        closing = re.search(r"\}+", part)
        return part[: closing.end()] if closing else part
    return part.strip()


def _once(found: Iterator[str] | list[str]) -> list[str]:
    return list(dict.fromkeys(found))
