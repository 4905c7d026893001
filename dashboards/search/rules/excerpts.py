"""Where the words of a search stand in a text: the piece around the first, with each of them marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from inputs.rules.folding import folded

# Letters before and after what was found.
AROUND = 90


class Piece(NamedTuple):
    """A piece of a text, and whether it is what was asked for."""

    text: str
    is_found: bool


def marked(text: str, words: Sequence[str]) -> list[Piece]:
    """The whole text in pieces; `words` are folded."""
    return _pieces(text, _places(text, words), 0, len(text))


def excerpt(text: str, words: Sequence[str]) -> list[Piece]:
    """The part of the text around the first word that is in it; nothing where none is."""
    places = _places(text, words)
    if not places:
        return []
    first, end = places[0]
    start = _at_a_blank(text, max(0, first - AROUND), forward=True) if first > AROUND else 0
    stop = min(len(text), end + AROUND)
    stop = _at_a_blank(text, stop, forward=False) if stop < len(text) else stop
    start, stop = min(start, first), max(stop, end)
    inside = [(begin, over) for begin, over in places if begin >= start and over <= stop]
    pieces = _pieces(text, inside, start, stop)
    before = [Piece("… ", is_found=False)] if start else []
    after = [Piece(" …", is_found=False)] if stop < len(text) else []
    return [*before, *pieces, *after]


def _places(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """From where to where each word stands in the text, in order, without overlap."""
    plain, at = _folded_with_places(text)
    found = sorted(
        (at[begin], at[begin + len(word) - 1] + 1)
        for word in words
        if word
        for begin in _every(plain, word)
    )
    places: list[tuple[int, int]] = []
    for begin, end in found:
        if places and begin < places[-1][1]:
            places[-1] = (places[-1][0], max(end, places[-1][1]))
        else:
            places.append((begin, end))
    return places


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its letters the place of the letter that it comes from."""
    plain, at = [], []
    for place, sign in enumerate(text):
        for letter in folded(sign):
            plain.append(letter)
            at.append(place)
    return "".join(plain), at


def _every(plain: str, word: str) -> list[int]:
    begins, begin = [], plain.find(word)
    while begin >= 0:
        begins.append(begin)
        begin = plain.find(word, begin + len(word))
    return begins


def _at_a_blank(text: str, place: int, *, forward: bool) -> int:
    """The nearest blank, so that no word is cut; the place itself where none is near."""
    found = text.find(" ", place, place + 20) if forward else text.rfind(" ", place - 20, place)
    if found < 0:
        return place
    return found + 1 if forward else found


def _pieces(text: str, places: list[tuple[int, int]], start: int, stop: int) -> list[Piece]:
    pieces, at = [], start
    for begin, end in places:
        pieces += [Piece(text[at:begin], is_found=False), Piece(text[begin:end], is_found=True)]
        at = end
    pieces.append(Piece(text[at:stop], is_found=False))
    return [piece for piece in pieces if piece.text]
