"""What a public page shows of a person or an account: enough to see a change, not enough to use.

Pure: no Django, no models.
"""

from __future__ import annotations

from unicodedata import combining

DOT = "•"
# Of a word that is longer; of a short one the first letter alone.
_SHOWN, _SHORT = 2, 3
# The last characters of any account; the first ones too, where enough is left between them.
_ENDING, _BEGINNING, _LONG_ENOUGH = 4, 4, 14


def masked_name(name: str) -> str:
    """The beginning of each word, and a dot for each letter that follows: Na•••• Kh••••.

    A name that was changed shows by its letters or its lengths. Vowel signs count as no letter.
    """
    return " ".join(_masked_word(word) for word in name.split())


def masked_account(number: str) -> str:
    """The beginning and the last four characters: LB62…9114; of a short one only the last four.

    The second pair of an IBAN is its check digits, so that hardly another one looks the same. What
    is masked already stays as it is.
    """
    bare = "".join(number.split())
    if "…" in bare:
        return bare
    beginning = bare[:_BEGINNING] if len(bare) >= _LONG_ENOUGH else ""
    return f"{beginning}…{bare[-_ENDING:]}"


def _masked_word(word: str) -> str:
    letters = [letter for letter in word if not combining(letter)]
    shown = _SHOWN if len(letters) > _SHORT else 1
    return "".join(letters[:shown]) + DOT * (len(letters) - shown)
