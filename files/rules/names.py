"""Names of files: what people called them, without what could deceive or harm."""

from __future__ import annotations

import re
import unicodedata

# Longer ones do not fit every file system once letters take two or three bytes each.
LONGEST = 120
# Arabic and Persian need these two to join letters rightly; no other invisible letter is kept.
_JOINERS = "\u200c\u200d"
_FORBIDDEN = re.compile(r'[<>:"|?*]')


def safe_name(name: str) -> str:
    """The last part of `name` as it may be shown and saved.

    Left out are folders, control letters and the marks that turn the direction of writing (with
    U+202E an `…fdp.exe` reads as `…exe.pdf`); what Windows forbids becomes `_`. The ending is kept
    where the name must be cut. A name of which nothing is left becomes `file`.
    """
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    letters = (letter for letter in unicodedata.normalize("NFC", last) if _is_kept(letter))
    clean = " ".join(_FORBIDDEN.sub("_", "".join(letters)).split())
    clean = clean.strip(". ")
    stem, dot, ending = clean.rpartition(".")
    if dot and len(ending) <= 10:
        return f"{stem[: LONGEST - len(ending) - 1].rstrip('. ')}.{ending}"
    return clean[:LONGEST] or "file"


def ending_of(name: str) -> str:
    """The ending of a name with its dot, in small letters; empty where it has none."""
    _stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot else ""


def _is_kept(letter: str) -> bool:
    category = unicodedata.category(letter)
    if category == "Zs":
        return True
    return letter in _JOINERS or category[0] != "C"
