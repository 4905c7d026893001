"""How much a PDF's streams unpack to: some hundred bytes can hold hours of drawing."""

from __future__ import annotations

import pikepdf

from files.reading.found import FileFault, Found

# The most that one stream may unpack to, in bytes; qpdf stops there.
MOST_UNPACKED = 100 * 1024**2
# Text and drawings pack to a tenth, very regular ones to a hundredth.
MOST_PACKED = 200
_HARMLESS = 16 * 1024**2
# Their pixels are bounded where they are drawn, and a blank scan does pack to a thousandth.
_NOT_DRAWN = {"/Image", "/XML"}
_LIMIT_IN_WORDS = "memory limit exceeded"


class Drawings:
    """Counts what the streams of one PDF unpack to, with their packed sizes."""

    def __init__(self) -> None:
        self.packed = self.unpacked = 0

    def add(self, stream: pikepdf.Object) -> None:
        """Unpack one stream and forget it. Raises Found when it is, or makes the file, a bomb."""
        if str(stream.get("/Subtype", "")) in _NOT_DRAWN or "/Filter" not in stream:
            return
        packed = int(stream.get("/Length", 0))
        try:
            unpacked = len(stream.read_bytes())
        except pikepdf.PikepdfError as error:
            if _LIMIT_IN_WORDS in str(error):
                raise Found(FileFault.PDF_BOMB) from None
            # Fonts and drawings that a reader shows as far as it can.
            return
        if unpacked > max(_HARMLESS, packed * MOST_PACKED):
            raise Found(FileFault.PDF_BOMB)
        self.packed += packed
        self.unpacked += unpacked
        if self.unpacked > max(4 * _HARMLESS, self.packed * MOST_PACKED):
            raise Found(FileFault.PDF_BOMB)
