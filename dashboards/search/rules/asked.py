"""What somebody typed into the search box, read in each way in which it can be meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from inputs.rules.folding import code_form, folded
from inputs.rules.numbers import ANY_MONEY, NotTheNumber, Wrong, read_number

MOST_LETTERS = 100
MOST_WORDS = 6
# Shorter words are in nearly every text, and no index of three letters finds them.
WORD_OF_A_TEXT = 3
# An amount may be typed with its currency, as lists show it.
_CURRENCY = re.compile(r"\b(EUR|TND|MAD|LBP|USD)\b|€", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """A search: `words` folded as texts are searched, `code` as numbers of invoices are compared, and
    `amounts` where it can be one, in EUR or another currency (two where 887.550 can be either)."""

    text: str
    words: tuple[str, ...]
    code: str
    amounts: tuple[Decimal, ...]

    @property
    def long_words(self) -> tuple[str, ...]:
        """The words by which whole texts are searched: all of them, or none."""
        is_long = self.words and all(len(word) >= WORD_OF_A_TEXT for word in self.words)
        return self.words if is_long else ()


def asked_by(typed: str) -> Asked:
    """The search that was typed, however it is written; of more than six words, the first six."""
    text = " ".join(typed.replace("\0", " ").split())[:MOST_LETTERS]
    return Asked(
        text=text,
        words=tuple(dict.fromkeys(folded(text).split()))[:MOST_WORDS],
        code=code_form(text),
        amounts=tuple(amount for amount in _amounts(_CURRENCY.sub("", text)) if amount > 0),
    )


def _amounts(number: str) -> tuple[Decimal, ...]:
    try:
        return (read_number(number, ANY_MONEY),)
    except NotTheNumber as problem:
        is_either = problem.why is Wrong.UNCLEAR
        return tuple(Decimal(meaning) for meaning in problem.meanings) if is_either else ()
