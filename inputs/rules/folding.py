"""The form in which texts are searched: without what two people write differently.

Accents, capitals, apostrophes, forms of Arabic letters (أ إ آ ا, ة ه, ى ي), vowel signs, stretching,
marks that nobody sees, digits of either script. PostgreSQL folds alike (inputs/migrations), so
that what is stored needs no second copy; a test compares both. Pure: no Django, no models.
"""

from __future__ import annotations

import re
import unicodedata

# Apostrophes in every shape, and the marks by which Arabic names are transliterated.
_APOSTROPHES = "'`´‘’‛′＇ʹʻʼʽʾʿˈ"
# In the syntax that Python and PostgreSQL share, within brackets.
_APOSTROPHES_IN_BRACKETS = "".join(f"\\u{ord(sign):04x}" for sign in _APOSTROPHES)
_DROPPED = (
    # Accents and vowel signs, once letters are taken apart.
    r"\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8"
    r"\u06ea-\u06ed\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    # Stretching, and what nobody sees.
    r"\u0640\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
) + _APOSTROPHES_IN_BRACKETS
# What stands for a letter, once capitals are small ones.
_LIKE = {
    **dict(zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True)),
    **dict(zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True)),
    **dict(zip("ٱةىیېکگڤپ", "اهيييككفب", strict=True)),
    **dict(zip("øłđðıħŋς", "olddihnσ", strict=True)),
    **dict.fromkeys("‐‑‒–—―−⁃", "-"),
    "œ": "oe",
    "æ": "ae",
    "ß": "ss",
    "þ": "th",
}
_TRANSLATION = str.maketrans(_LIKE)


def folded(text: str) -> str:
    """The text as it is searched; `folded(word) in folded(text)` tells whether it is in it."""
    # Taken apart, this one would leave a blank.
    apart = unicodedata.normalize("NFKD", text.replace("´", ""))
    return re.sub(f"[{_DROPPED}]", "", apart).lower().translate(_TRANSLATION)


def words_of(text: str) -> list[str]:
    """The words of a text in the form in which names are compared; `l’huile` are two."""
    apart = re.sub(f"[{_APOSTROPHES_IN_BRACKETS}]", " ", text)
    return re.findall(r"[^\W_]+", folded(apart))


def code_form(text: str) -> str:
    """A number of a register as it is compared: `RC-12345`, `rc ١٢٣٤٥` and `RC 12 345` are one."""
    return re.sub(_NO_CODE, "", folded(text))


def without_leading_zeros(code: str) -> str:
    """A code whose numbers have lost their leading zeros: a hint that two may be one."""
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", code)


# Punctuation and blanks of ASCII, and Arabic's: every letter of every script stays.
_NO_CODE = (
    r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007f\u0085\u1680\u2028\u2029"
    r"\u060c\u061b\u066a-\u066d\u00b7\u2022]"
)
