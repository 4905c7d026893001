"""What WeasyPrint leaves out of a tagged PDF, put in after it is written.

Of Arabic, only the first glyph of a cluster is given its text, so that readers aloud, searches and
copies lose letters (its issue 2841); and a block inside an item of a list is no body of that item.
Both fail PDF/UA-1. tests/documents/test_repairing.py fails as soon as this is needless.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import normalize

from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf

from documents.rendering import fonts

_FAMILY = "Plex Arabic"
# A glyph is named after the characters that it shows, with what form of them after a dot.
_NAMED = re.compile(r"uni((?:[0-9A-F]{4})+)(?:\..*)?")
_MAPPED = re.compile(r"^<([0-9a-fA-F]{4})> <([0-9a-fA-F]*)>$", re.MULTILINE)
_LIST_PARTS = ("/Lbl", "/LBody")


def repair(pdf: Pdf) -> None:
    """Put in the letters of every Arabic glyph, and a body in each item of its lists."""
    _name_letters(pdf)
    _give_items_bodies(pdf)


def _name_letters(pdf: Pdf) -> None:
    for font in _dictionaries(pdf):
        if font.get("/Type") != "/Font" or "/ToUnicode" not in font:
            continue
        letters = _letters_of(str(font.get("/BaseFont", "")).partition("+")[2])
        if letters:
            mapping = font.ToUnicode.read_bytes().decode("ascii")
            font.ToUnicode.write(_with_letters(mapping, letters).encode("ascii"))


def _with_letters(mapping: str, letters: dict[int, str]) -> str:
    """A table of glyphs and their texts, in which each of `letters` says its own.

    Also where there is a text: that of the first glyph of a cluster holds those of the next ones.
    """

    def said(line: re.Match[str]) -> str:
        known = letters.get(int(line[1], 16))
        target = known.encode("utf-16-be").hex() if known else line[2]
        return f"<{line[1]}> <{target}>"

    return _MAPPED.sub(said, mapping)


def _letters_of(name: str) -> dict[int, str]:
    """What the glyphs of a font show, by their numbers; nothing for one that is not Arabic."""
    if not name.startswith(_FAMILY.replace(" ", "-")):
        return {}
    return _letters_at(600 if "Bold" in name else 400)


@cache
def _letters_at(weight: int) -> dict[int, str]:
    (face,) = (one for one in fonts.FACES if (one.family, one.weight) == (_FAMILY, weight))
    with TTFont(face.file) as font:
        names = font.getGlyphOrder()
    found = {number: _NAMED.fullmatch(name) for number, name in enumerate(names)}
    # Presentation forms are the letters that they show; of vowel signs some stand on a space.
    return {
        number: normalize("NFKC", bytes.fromhex(match[1]).decode("utf-16-be")).strip() or " "
        for number, match in found.items()
        if match
    }


def _give_items_bodies(pdf: Pdf) -> None:
    for item in _dictionaries(pdf):
        if item.get("/S") != "/LI":
            continue
        kids = list(item.K) if isinstance(item.get("/K"), Array) else [item.get("/K")]
        strays = [kid for kid in kids if not _is_part_of_item(kid)]
        if strays:
            body = pdf.make_indirect(
                Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, K=Array(strays))
            )
            for stray in strays:
                if isinstance(stray, Dictionary) and "/S" in stray:
                    stray.P = body
            item.K = Array([*(kid for kid in kids if _is_part_of_item(kid)), body])


def _is_part_of_item(kid: object) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/S") in _LIST_PARTS


def _dictionaries(pdf: Pdf) -> Iterator[Dictionary]:
    return (one for one in list(pdf.objects) if isinstance(one, Dictionary))
