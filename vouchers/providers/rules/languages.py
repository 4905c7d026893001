"""The languages in which consultants of the programme's countries work, by their codes (ISO 639-1)."""

from __future__ import annotations

from babel import Locale

# Those of the portal first, then by name in English.
SPOKEN = ("ar", "fr", "en", "hy", "nl", "de", "el", "it", "pt", "ru", "es", "tr", "zh")


def language_name(code: str, told_in: str) -> str:
    """The language's name in the language `told_in`, by the Unicode CLDR; the code where it has none."""
    return str(Locale.parse(told_in, sep="-").languages.get(code, code))
