"""Whether a provider is called like somebody of the cluster: a hint, which a person judges."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from inputs.rules.folding import words_of

# What says nothing of whose firm it is.
_COMMON = frozenset(
    (
        *("and", "et", "of", "de", "du", "des", "la", "le", "les", "the", "sarl", "sal", "suarl"),
        *("sa", "sas", "llc", "ltd", "offshore", "holding", "company", "co", "societe", "ste"),
        *("group", "groupe", "شركه", "مجموعه", "و"),
    )
)
# Two spellings of one name in Latin letters are so alike at least; fewer are other names.
ALIKE = 0.87


def most_like(names: Iterable[str], others: Iterable[str]) -> str:
    """The first of `others` that is called like one of `names`; empty where none is.

    The same words in any order, all words of one in the other (two at least), or one spelling of
    the other: Khoury and Khouri.
    """
    told = [words for name in names if (words := _words(name))]
    for other in others:
        if (known := _words(other)) and any(_alike(words, known) for words in told):
            return other
    return ""


def _words(name: str) -> list[str]:
    return sorted({word for word in words_of(name) if word not in _COMMON and len(word) > 1})


def _alike(one: list[str], other: list[str]) -> bool:
    shorter, longer = sorted((set(one), set(other)), key=len)
    if shorter == longer or (len(shorter) > 1 and shorter <= longer):
        return True
    return SequenceMatcher(None, " ".join(one), " ".join(other), autojunk=False).ratio() >= ALIKE
