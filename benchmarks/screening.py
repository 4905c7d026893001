"""One name among 30,000 of a list of sanctions, and 1,000 payees of three names each; no database.

    python -m benchmarks.screening

The names are made up of syllables, some of them Arabic. Processor time counts: other work on the
machine changes it less than the time of the clock.
"""

from __future__ import annotations

import random
from time import perf_counter, process_time

from vouchers.screening.rules.matching import Index, Listed
from vouchers.screening.rules.names import compared, sound

ALIASES, ENTITIES, PAYEES, NAMES = 30_000, 5_000, 1_000, 3
_LATIN = [
    "mo",
    "ha",
    "med",
    "kha",
    "lid",
    "ras",
    "hid",
    "ab",
    "del",
    "sal",
    "em",
    "nas",
    "ser",
    "yus",
    "kar",
    "im",
    "fa",
    "zi",
    "zou",
    "ivan",
    "ov",
    "petr",
    "sergei",
]
_ARABIC = [
    "مح",
    "مد",
    "خا",
    "لد",
    "را",
    "شد",
    "عب",
    "دل",
    "سا",
    "لم",
    "نا",
    "صر",
    "يو",
    "سف",
    "كر",
    "يم",
]


def name(chance: random.Random) -> str:
    """Two to four words, a fifth of the names in Arabic."""
    syllables = _ARABIC if chance.random() < 0.2 else _LATIN
    words = chance.randint(2, 4)
    return " ".join(
        "".join(chance.choices(syllables, k=chance.randint(2, 4))) for _word in range(words)
    )


def main() -> None:
    chance = random.Random(14)
    names = [name(chance) for _alias in range(ALIASES)]
    began = process_time()
    index = Index(
        Listed(at % ENTITIES, at, compared(each), sound(each)) for at, each in enumerate(names)
    )
    print(f"keys and index of {ALIASES:,} names: {process_time() - began:.2f} s of processor time")
    began = process_time()
    index.like("Farid Al-Mudarris", 85)
    print(f"one name: {1000 * (process_time() - began):.0f} ms")
    began, clock = process_time(), perf_counter()
    found = sum(
        len(index.like(name(chance), 85)) for _payee in range(PAYEES) for _name in range(NAMES)
    )
    spent, passed = process_time() - began, perf_counter() - clock
    print(
        f"{PAYEES:,} payees of {NAMES} names: {spent:.1f} s ({passed:.0f} s by the clock), {found} found"
    )


if __name__ == "__main__":
    main()
