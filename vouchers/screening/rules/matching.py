"""Who on a list is called like somebody: the measures, and a list as it is kept to be searched.

Pure: rapidfuzz measures how alike two texts are, from 0 to 100.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from .names import compared, is_arabic, sound

# Consonants alone say less than letters: names that sound alike must do so almost wholly, and a key
# of fewer letters fits half the world.
SOUNDS_ALIKE = 92
_SHORTEST_SOUND = 6
# All words of one name in the other is less than the same name, and so is, in one script, the same
# consonants; across scripts more than these cannot be known.
_WITHIN = _SAME_SCRIPT = 0.94
# A name of one word is not looked for within others.
_FEWEST_WORDS = 2

LETTERS, SOUND = "letters", "sound"


@dataclass(frozen=True)
class Listed:
    """One name of an entity of the list: the keys of both, and the name as it is compared."""

    entity: int
    alias: int
    letters: str
    sound: str


@dataclass(frozen=True)
class Match:
    """That a name is like one of the list: how much (0 to 100), and by which of the two keys."""

    entity: int
    alias: int
    score: int
    by: str


class Index:
    """A list as it is searched; each distinct form of a name is compared once."""

    def __init__(self, names: Iterable[Listed]) -> None:
        self._letters: dict[str, list[Listed]] = {}
        self._sounds: dict[str, list[Listed]] = {}
        for name in names:
            if name.letters:
                self._letters.setdefault(name.letters, []).append(name)
            if len(name.sound) >= _SHORTEST_SOUND and " " in name.sound:
                self._sounds.setdefault(name.sound, []).append(name)
        self._by_letters = list(self._letters)
        self._within = [key for key in self._by_letters if " " in key]
        self._by_sound = list(self._sounds)

    def like(self, name: str, threshold: int) -> list[Match]:
        """The entities called like `name`, each once by its best name, the most alike first.

        `threshold` (0 to 100) is the least by letters. Consonants (`SOUNDS_ALIKE`) find those whose
        letters say nothing: another script, or another spelling of the same consonants.
        """
        found: dict[int, Match] = {}
        letters = compared(name)
        self._note(found, self._letters, _alike(letters, self._by_letters, threshold), LETTERS)
        if len(letters.split()) >= _FEWEST_WORDS:
            within = _within(letters, self._within, threshold)
            self._note(found, self._letters, within, LETTERS)
        heard = sound(name)
        if len(heard) >= _SHORTEST_SOUND and " " in heard:
            least = max(threshold, SOUNDS_ALIKE)
            self._note(found, self._sounds, _alike(heard, self._by_sound, least), SOUND, name)
        return sorted(found.values(), key=lambda match: (-match.score, match.entity))

    def _note(
        self,
        found: dict[int, Match],
        names: dict[str, list[Listed]],
        keys: Iterable[tuple[str, float]],
        by: str,
        heard: str = "",
    ) -> None:
        for key, alike in keys:
            for name in names[key]:
                same_script = heard and is_arabic(heard) == is_arabic(name.letters)
                score = int(alike * _SAME_SCRIPT if same_script else alike)
                best = found.get(name.entity)
                if best is None or score > best.score:
                    found[name.entity] = Match(name.entity, name.alias, score, by)


def _alike(key: str, keys: Sequence[str], least: int) -> list[tuple[str, float]]:
    if not key:
        return []
    found = process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=least, limit=None)
    return [(other, score) for other, score, _at in found]


def _within(key: str, keys: Sequence[str], least: int) -> list[tuple[str, float]]:
    """Those of which all words are in the name, or the other way round, however they are spelt."""
    if least > 100 * _WITHIN:
        return []
    found = process.extract(
        key, keys, scorer=fuzz.token_set_ratio, score_cutoff=least / _WITHIN, limit=None
    )
    return [(other, score * _WITHIN) for other, score, _at in found]


__all__ = ["LETTERS", "SOUND", "SOUNDS_ALIKE", "Index", "Listed", "Match"]
