"""How texts are compared: a plain form in which small changes vanish, and what two have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from inputs.rules.folding import words_of

# Shorter texts resemble each other by chance.
LEAST_LETTERS = 200
# The share of trigrams from which on two texts are called near-identical.
THRESHOLD = 0.6
# So many alike texts are kept for each; more would say nothing new.
MOST = 10
# So many words in a row are shown as alike; fewer are everybody's.
LEAST_WORDS = 4


def plain_form(text: str) -> str:
    """The text without case, accents, forms of Arabic letters, punctuation and layout."""
    return " ".join(words_of(text))


@dataclass(frozen=True)
class Passage:
    """A piece of a text, and whether the other text has it too."""

    text: str
    alike: bool


def compared(one: str, other: str) -> tuple[list[Passage], list[Passage]]:
    """Both texts in pieces, what they have in common marked; words are compared in plain form."""
    words, other_words = _words(one), _words(other)
    matcher = SequenceMatcher(
        None,
        [plain_form(word) for word in words],
        [plain_form(word) for word in other_words],
        autojunk=False,
    )
    blocks = [block for block in matcher.get_matching_blocks() if block.size >= LEAST_WORDS]
    return (
        _passages(words, [(block.a, block.size) for block in blocks]),
        _passages(other_words, [(block.b, block.size) for block in blocks]),
    )


def _words(text: str) -> list[str]:
    """The words with the space after them, so that they can be put together again."""
    return re.findall(r"\S+\s*", text)


def _passages(words: list[str], alike: list[tuple[int, int]]) -> list[Passage]:
    passages, here = [], 0
    for start, size in alike:
        if start > here:
            passages.append(Passage("".join(words[here:start]), alike=False))
        passages.append(Passage("".join(words[start : start + size]), alike=True))
        here = start + size
    if here < len(words):
        passages.append(Passage("".join(words[here:]), alike=False))
    return passages
