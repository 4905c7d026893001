"""What an Office file must not hold: macros, programs, what is fetched by itself, bombs.

Word, Excel, PowerPoint and OpenDocument files are ZIP archives. Every member is unpacked once, piece
by piece and thrown away, so that sizes are counted and not believed.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from pathlib import PurePosixPath
from typing import BinaryIO

from files.reading.found import FileFault, Found
from files.reading.office.kinds import office_type
from files.reading.office.parts import inspect_part

MOST_MEMBERS = 3000
MOST_UNPACKED = 300 * 1024**2
# Sheets of numbers pack to a fiftieth; a bomb to a thousandth and less.
MOST_PACKED = 200
# A small file may be packed as tight as it likes: nobody is hurt by a megabyte.
_HARMLESS = 4 * 1024**2
# A chart in a Word document brings its workbook along; a workbook in that one is nobody's chart.
DEEPEST = 1

_MACRO_MEMBERS = re.compile(
    r"(^|/)(vbaproject\.bin|vbadata\.xml|vbaprojectsignature\w*\.bin)$"
    r"|(^|/)(macrosheets|dialogsheets|intlmacrosheets|customui)/"
    # Every document of an old OpenOffice has the catalogue of an empty library of macros.
    r"|^(basic|dialogs)/(?!([^/]+/)?(script|dialog)-l[bc]\.xml$)(?!([^/]+/)?$)|^scripts/.",
    re.IGNORECASE,
)
_PROGRAM_MEMBERS = re.compile(
    r"(^|/)activex|oleobject|\.(exe|dll|com|scr|bat|cmd|ps1|vbs|js|jar|msi|lnk|hta)$", re.IGNORECASE
)
_GZIP = b"\x1f\x8b\x08"
_ARCHIVES = (b"PK\x03\x04", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", _GZIP)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAM_HEADS = (b"MZ", b"\x7fELF", b"#!", _OLE)
_WMF = (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00", b"\x02\x00\x09\x00")
_XML_ENDINGS = {".xml", ".rels", ".vml", ".rdf", ".svg"}
_PIECE = 256 * 1024
_BROKEN = (
    zipfile.BadZipFile,
    OSError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    zlib.error,
)


@dataclass
class _Counter:
    """How much was unpacked, of how much, with everything nested in it."""

    packed: int
    unpacked: int = 0
    members: int = 0

    def add(self, size: int) -> None:
        self.unpacked += size
        tight = self.unpacked > max(_HARMLESS, self.packed * MOST_PACKED)
        if self.unpacked > MOST_UNPACKED or tight:
            raise Found(FileFault.BOMB)


def inspect_office(file: BinaryIO) -> None:
    """Raise Found when an Office file is damaged, locked, a bomb, or does more than be read."""
    _inspect(file, _Counter(file.seek(0, 2)), depth=0)


def _inspect(file: BinaryIO, counter: _Counter, *, depth: int) -> None:
    size = file.seek(0, 2)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            counter.members += len(members)
            if counter.members > MOST_MEMBERS or sum(one.compress_size for one in members) > size:
                # Members that lie over each other in the archive unpack more than is there.
                raise Found(FileFault.BOMB)
            for member in members:
                _inspect_member(archive, member, counter, depth)
    except _BROKEN:
        raise Found(FileFault.DAMAGED) from None


def _inspect_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, counter: _Counter, depth: int
) -> None:
    name = member.filename.replace("\\", "/")
    if member.flag_bits & 0x1:
        raise Found(FileFault.LOCKED)
    if _MACRO_MEMBERS.search(name):
        raise Found(FileFault.MACROS)
    if _PROGRAM_MEMBERS.search(name):
        raise Found(FileFault.PROGRAMS)
    pieces = _pieces(archive, member, counter)
    first = next(pieces, b"")
    whole = chain([first] if first else [], pieces)
    if first.startswith(_PROGRAM_HEADS):
        raise Found(FileFault.PROGRAMS)
    if first.startswith(_GZIP):
        _inspect_metafile(whole, counter)
    elif first.startswith(_ARCHIVES):
        _inspect_nested(whole, counter, depth)
    elif _is_xml(name, first):
        inspect_part(name, whole)
    else:
        for _piece in whole:
            pass


def _pieces(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, counter: _Counter
) -> Iterator[bytes]:
    with archive.open(member) as unpacked:
        while piece := unpacked.read(_PIECE):
            counter.add(len(piece))
            yield piece


def _inspect_nested(pieces: Iterator[bytes], counter: _Counter, depth: int) -> None:
    content = BytesIO(b"".join(pieces))
    if depth >= DEEPEST or not office_type(content):
        raise Found(FileFault.ARCHIVE)
    _inspect(content, counter, depth=depth + 1)


def _inspect_metafile(pieces: Iterator[bytes], counter: _Counter) -> None:
    """A compressed drawing of Windows (.emz, .wmz): it is one, and unpacks to no more than others."""
    unpacker = zlib.decompressobj(wbits=31)
    head = b""
    for piece in pieces:
        while piece and not unpacker.eof:
            unpacked = unpacker.decompress(piece, _PIECE)
            counter.add(len(unpacked))
            head = (head + unpacked)[:64]
            piece = unpacker.unconsumed_tail
    is_emf = head.startswith(b"\x01\x00\x00\x00") and head[40:44] == b" EMF"
    if not unpacker.eof or not (is_emf or head.startswith(_WMF)):
        raise Found(FileFault.ARCHIVE)


def _is_xml(name: str, first: bytes) -> bool:
    """By its ending, or by how it begins: a part may have any name."""
    if PurePosixPath(name).suffix.lower() in _XML_ENDINGS:
        return True
    start = first[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\x00<", b"\x00<"))
