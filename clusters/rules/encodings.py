"""In which letters a text file is written that does not say so: UTF-8, or Excel's older ones.

Windows-1256 (Arabic) holds the small French letters where Windows-1252 (French) has them, and Arabic
letters where that has the capitals: `É` and `ة` are one byte. What tells them apart is the company
that a byte keeps: French accents stand among plain letters, Arabic words hold none. Where a list has
both, nobody can tell but who wrote it. Pure: no Django, no models.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum


class Letters(StrEnum):
    """The encodings that Excel writes in the programme's countries, by Python's names."""

    FRENCH = "cp1252"
    ARABIC = "cp1256"


@dataclass(frozen=True)
class Unsure(Exception):
    """A text that can be read in two ways, and the same piece of it read in each."""

    french: str
    arabic: str


class Lost(ValueError):
    """A text in which letters were lost before it came here, and the words around the first."""


def decoded(content: bytes, letters: Letters | None = None) -> str:
    """The text of a file; in the `letters` that somebody chose where it is not Unicode.

    Raises Unsure where it can be French or Arabic, and Lost where a letter is none.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _whole(content.decode("utf-16", "replace"))
    with suppress(UnicodeDecodeError):
        text = content.decode("utf-8-sig")
        if not _has_only_ligatures(content):
            return _whole(text)
    return _whole(content.decode(letters or _letters_of(content), "replace"))


# Œ after a capital with an accent, in a French file of Windows, is a letter of another script in UTF-8.
_LIGATURE = re.compile(rb"[\xc2-\xdf]\x8c")


def _has_only_ligatures(content: bytes) -> bool:
    """Whether nothing speaks for UTF-8 but what is as well a French ligature."""
    rest, found = _LIGATURE.subn(b"", content)
    return found > 0 and rest.isascii()


# Bytes that are the same letter in both: à â ç è é ê ë î ï ô ù û ü œ and signs below 0xC0.
_ALIKE = bytes(
    byte
    for byte in range(0x80, 0x100)
    if bytes([byte]).decode("cp1252", "replace") == bytes([byte]).decode("cp1256", "replace")
)
_WORD = re.compile(rb"[A-Za-z\x8a\x8c\x8e\x9a\x9c\x9e\x9f\xaa\xba\xc0-\xff]+")
_PLAIN = re.compile(rb"[A-Za-z]")
_ASCII = bytes(range(0x80))


# Marks such as ‚ ‡ ˆ ‰ within a word: the é, ç and ê of Excel for Mac and of “CSV (MS-DOS)”.
_FOREIGN = re.compile(rb"[A-Za-z]*[A-Za-z][\x81-\x8b\x8d-\x90\x95\x98\x99\x9b\x9d][A-Za-z]+")


def _letters_of(content: bytes) -> Letters:
    if foreign := _FOREIGN.search(content):
        raise Lost(foreign[0].decode(Letters.FRENCH, "replace").replace("\ufffd", "?"))
    french: bytes | None = None
    arabic = False
    for word in _WORD.findall(content):
        telling = word.translate(None, _ALIKE + _ASCII)
        if not telling:
            continue
        if _PLAIN.search(word):
            french = french or word
        elif len(word) > 1:
            # One letter alone, such as À, tells nothing.
            arabic = True
    if french and arabic:
        raise Unsure(
            french.decode(Letters.FRENCH, "replace"), french.decode(Letters.ARABIC, "replace")
        )
    return Letters.ARABIC if arabic else Letters.FRENCH


def _whole(text: str) -> str:
    if "\ufffd" in text:
        at = text.index("\ufffd")
        raise Lost(" ".join(text[max(at - 20, 0) : at + 20].split()))
    return text
