"""Whom a text names, out of thousands who might be named: a pure look-up by words.

Texts and names are compared as they are searched (`inputs.rules.folding`): no capitals, accents or
apostrophes. A name is found as whole words only.
"""

from __future__ import annotations

from collections.abc import Iterable

from inputs.rules.folding import words_of

# A shorter part of a name is too often a word as well.
SHORTEST_NAME = 4


class Names:
    """Names, each of nobody's or of an owner (an id) who may read it.

    A text is looked up word by word, so that ten thousand names cost it no more than ten, also where
    all of them begin with “Cluster”.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        # By a name as it is compared: how it is written, and whose it is.
        self._names: dict[str, list[tuple[str, int | None]]] = {}
        # Of how many words names are.
        self._lengths: set[int] = set()
        for name in names:
            self.add(name)

    def add(self, name: str, owner: int | None = None) -> None:
        """One name more; one that is too short, or holds no word, is left out."""
        words = words_of(name)
        if words and len(name.strip()) >= SHORTEST_NAME:
            self._names.setdefault(" ".join(words), []).append((name, owner))
            self._lengths.add(len(words))

    def found_in(self, text: str, *, reader: int | None = None, called: str = "") -> list[str]:
        """The names that the text contains, each once, in the order of the text.

        Without those of the `reader` (an owner's id), and without what is part of how they are
        `called` themselves.
        """
        words, own = words_of(text), " ".join(words_of(called))
        named = (
            (compared, known)
            for begin in range(len(words))
            for length in self._lengths
            for compared in [" ".join(words[begin : begin + length])]
            for known in self._names.get(compared, ())
        )
        return [
            *dict.fromkeys(
                name
                for compared, (name, owner) in named
                if (owner is None or owner != reader) and compared not in own
            )
        ]
