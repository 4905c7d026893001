"""Where a word may be broken that no line can hold, as a name of 200 letters without a blank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

# The longest words of our three languages are shorter; so are references, accounts and addresses.
LONGEST_WORD = 40
_PIECE = 12
_LONG = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_JOINER = "\u200d"


def pieces(text: str) -> list[str]:
    """The text in pieces, between which a line may be broken; mostly one. Joined they are the text."""
    found, start = [], 0
    for word in _LONG.finditer(text):
        for cut in _cuts(word[0]):
            found.append(text[start : word.start() + cut])
            start = word.start() + cut
    return [*found, text[start:]]


def _cuts(word: str) -> Iterator[int]:
    last = 0
    for place in range(1, len(word)):
        # A mark belongs to its letter, and what is joined is one sign.
        holds = category(word[place])[0] == "M" or _JOINER in word[place - 1 : place + 1]
        if place - last >= _PIECE and not holds:
            yield place
            last = place
