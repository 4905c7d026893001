"""The marks that come along with what is pasted: what nobody sees goes, look-alikes become plain.

Mail programs, PDFs and telephones put marks of direction around numbers, blanks that do not break
between their groups, and hyphens that do not break into codes. Pure: no Django, no models.
"""

from __future__ import annotations

import unicodedata

# Seen by nobody, though Unicode counts them as letters, signs or marks.
_UNSEEN = {*"\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0", *map(chr, range(0xFE00, 0xFE10))}
_HYPHENS = dict.fromkeys(
    map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-"
)
_LINE_ENDS = "\n\r\v\f\u0085\u2028\u2029"


def without_marks(text: str) -> str:
    """The text without marks that nobody sees: of direction, of joining, of no width, controls.

    Blanks of every width become plain ones; ends of lines and tabs become blanks too.
    """
    return "".join(
        " " if letter.isspace() or letter in _LINE_ENDS else letter
        for letter in text
        if not _is_unseen(letter)
    )


def western_digits(text: str) -> str:
    """The text with the digits of every script as 0 to 9; `²` and `①` are no digits."""
    return "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text
    )


def plain_line(text: str) -> str:
    """A number, code, day or phone number as it was meant: plain digits, hyphens and blanks.

    Letters and digits of full width become plain; everything else stands as it was typed.
    """
    bare = western_digits(without_marks(text)).translate(_HYPHENS)
    narrow = "".join(
        unicodedata.normalize("NFKC", letter) if "\uff01" <= letter <= "\uff5e" else letter
        for letter in bare
    )
    return " ".join(narrow.split())


def printable(text: str) -> str:
    """A text of several lines without what a document, a page or the database cannot hold.

    Control characters, halves of characters and code points that are none go; blanks, ends of
    lines (as \\n), tabs and the marks that Arabic needs stay as they were typed.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in lines if letter in "\n\t" or _is_kept(letter))


def _is_unseen(letter: str) -> bool:
    if letter.isspace() or letter in _LINE_ENDS:
        return False
    return letter in _UNSEEN or unicodedata.category(letter) in ("Cf", "Cc", "Cs", "Co", "Cn")


def _is_kept(letter: str) -> bool:
    if unicodedata.category(letter) in ("Cc", "Cs"):
        return False
    return ord(letter) & 0xFFFE != 0xFFFE and not "\ufdd0" <= letter <= "\ufdef"
