"""Text inside pictures, as WeasyPrint draws it: letter by letter, from left to right.

It neither joins the letters of Arabic there nor puts them into order, as it does everywhere else
(weasyprint.svg.text), so both is done before. The words themselves stay in the picture's
description, which becomes the alternative text of the PDF, and in its table.
"""

from __future__ import annotations

import re
from unicodedata import bidirectional

from arabic_reshaper import ArabicReshaper
from bidi.algorithm import get_display

_ISOLATES = re.compile("[\u2066-\u2069]")
_RIGHT_TO_LEFT = "\N{RIGHT-TO-LEFT ISOLATE}"
# Vowel signs would stand beside their letters.
_reshaper = ArabicReshaper({"delete_harakat": True})


def as_drawn(text: str) -> str:
    """A text of a picture in the order and forms in which its letters are drawn."""
    bare = _ISOLATES.sub("", text)
    is_rtl = text.startswith(_RIGHT_TO_LEFT)
    if not (is_rtl or any(bidirectional(letter) in ("R", "AL") for letter in bare)):
        return bare
    return str(get_display(_reshaper.reshape(bare), base_dir="R" if is_rtl else "L"))
