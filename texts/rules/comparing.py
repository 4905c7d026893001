"""Two versions of a text beside each other, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

_WORD = re.compile(r"\s+|[^\s]+")


class WordRun(NamedTuple):
    """A run of words: in both (`same`), only before (`gone`) or only after (`new`)."""

    how: str
    text: str


def compared(before: str, after: str) -> list[WordRun]:
    """The runs of words in their order; what is gone stands before what is new in its place."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    pieces = []
    for how, old_start, old_end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if how == "equal":
            pieces.append(WordRun("same", "".join(old[old_start:old_end])))
            continue
        gone, come = "".join(old[old_start:old_end]), "".join(new[new_start:new_end])
        pieces += [WordRun("gone", gone)] if gone else []
        pieces += [WordRun("new", come)] if come else []
    return pieces
