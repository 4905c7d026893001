"""Where a PDF ends, and what may follow.

Writers add a line, printers fill a block with zeros, web programs a piece of their page. A file that
was cut has no end mark behind its last object; one with a program behind it is two files in one.
"""

from __future__ import annotations

import re
from typing import BinaryIO

from files.reading.found import FileFault, Found

_MARK = b"%%EOF"
_PIECE = 1024 * 1024
# What follows is padding, or a remark: not more than that of anything else.
_MOST_OTHERS = 64 * 1024
_MOST_FOLLOWING = 8 * 1024 * 1024
_OBJECT = re.compile(rb"(?:^|[\r\n\s])\d{1,8}\s+\d{1,5}\s+obj\b")
_OTHER_FILES = re.compile(rb"PK\x03\x04|PK\x05\x06|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x7fELF")
_BLANKS = b"\x00\t\n\x0c\r \x1a\xff"


def require_end(file: BinaryIO) -> None:
    """Raise Found unless the PDF has an end mark, with nothing behind it that counts."""
    following = _after_the_last_mark(file)
    if following is None or _OBJECT.search(following):
        raise Found(FileFault.PDF_CUT)
    rest = following.strip(_BLANKS)
    if len(rest) > _MOST_OTHERS:
        raise Found(FileFault.PDF_CUT)
    if rest.startswith(b"MZ") or _OTHER_FILES.search(rest):
        raise Found(FileFault.UNKNOWN)


def _after_the_last_mark(file: BinaryIO) -> bytes | None:
    """What is behind the last end mark; None where there is none within reach of the end."""
    end = file.seek(0, 2)
    following = b""
    while end > 0 and len(following) < _MOST_FOLLOWING:
        start = max(0, end - _PIECE)
        file.seek(start)
        following = file.read(end - start) + following
        at = following.rfind(_MARK, 0, end - start + len(_MARK))
        if at >= 0:
            return following[at + len(_MARK) :]
        end = start
    return None
