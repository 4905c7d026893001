"""What an Office file must not hold: macros, programs, links that load by themselves, bombs.

Word, Excel and OpenDocument files are ZIP archives. Every member is unpacked once, piece by piece and
thrown away, so that sizes are counted and not believed.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO

from django.utils.translation import gettext as _

from records.acting import Refused

from .kinds import DOCX, ODS, ODT, XLSX, FileKind

MOST_MEMBERS = 3000
MOST_UNPACKED = 300 * 1024**2
# Sheets of numbers pack to a fiftieth; a bomb to a thousandth and less.
MOST_PACKED = 200
# A small file may be packed as tight as it likes: nobody is hurt by a megabyte.
_HARMLESS = 4 * 1024**2
# A chart in a Word document brings its workbook along; a workbook in that one is nobody's chart.
DEEPEST = 1

_OFFICE_MEMBERS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_MACRO_MEMBERS = re.compile(
    r"(^|/)(vbaproject\.bin|vbadata\.xml|vbaprojectsignature\w*\.bin)$"
    r"|(^|/)(macrosheets|dialogsheets|intlmacrosheets|customui)/|^(basic|scripts)/",
    re.IGNORECASE,
)
_PROGRAM_MEMBERS = re.compile(
    r"(^|/)activex|oleobject|\.(exe|dll|com|scr|bat|cmd|ps1|vbs|js|jar|msi|lnk|hta)$", re.IGNORECASE
)
_ARCHIVES = (b"PK\x03\x04", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACRO_TYPES = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
_LOADED_BY_ITSELF = re.compile(
    rb"""<[\w:]*Relationship\b(?=[^>]*TargetMode\s*=\s*["']External["'])"""
    rb"""(?=[^>]*Type\s*=\s*["'][^"']*/(?:attachedTemplate|oleObject|frame|subDocument|control)["'])""",
    re.IGNORECASE,
)
_DDE = re.compile(rb"<(?:\w+:)?ddeLink\b|<w:instrText[^>]*>\s*DDE(?:AUTO)?\b", re.IGNORECASE)
_DECLARATIONS = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PIECE = 256 * 1024


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
            raise Refused(_bomb())


def office_kind(file: BinaryIO) -> FileKind | None:
    """Which kind of Office file an archive is, by its members; None for any other archive."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            for member, kind in _OFFICE_MEMBERS.items():
                if member in names:
                    return kind
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                declared = archive.read("mimetype").decode("ascii", "replace").strip()
                return {ODT.content_type: ODT, ODS.content_type: ODS}.get(declared)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        return None
    return None


def inspect_office(file: BinaryIO) -> None:
    """Raise Refused when an Office file is damaged, locked, a bomb, or does more than be read."""
    size = file.seek(0, 2)
    file.seek(0)
    _inspect(file, _Counter(size), depth=0)


def _inspect(file: BinaryIO, counter: _Counter, *, depth: int) -> None:
    size = file.seek(0, 2)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            counter.members += len(members)
            if counter.members > MOST_MEMBERS or sum(one.compress_size for one in members) > size:
                # Members that lie over each other in the archive unpack more than is there.
                raise Refused(_bomb())
            for member in members:
                _inspect_member(archive, member, counter, depth)
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ):
        raise Refused(
            _(
                "The file is damaged and cannot be read. Look whether it opens on your computer, "
                "save it again, and upload the new file."
            )
        ) from None


def _inspect_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, counter: _Counter, depth: int
) -> None:
    name = member.filename.replace("\\", "/")
    if member.flag_bits & 0x1:
        raise Refused(_locked())
    if _MACRO_MEMBERS.search(name):
        raise Refused(_macros())
    if _PROGRAM_MEMBERS.search(name):
        raise Refused(_programs())
    pieces = _pieces(archive, member, counter)
    first = next(pieces, b"")
    if first.startswith(_OLE):
        raise Refused(_programs())
    if first.startswith(_ARCHIVES):
        _inspect_nested(first, pieces, counter, depth)
    elif _is_xml(name):
        _inspect_xml(name, first, pieces)
    else:
        for _piece in pieces:
            pass


def _pieces(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, counter: _Counter
) -> Iterator[bytes]:
    with archive.open(member) as unpacked:
        while piece := unpacked.read(_PIECE):
            counter.add(len(piece))
            yield piece


def _inspect_nested(first: bytes, rest: Iterator[bytes], counter: _Counter, depth: int) -> None:
    content = BytesIO(first + b"".join(rest))
    if depth >= DEEPEST or office_kind(content) is None:
        raise Refused(
            _(
                "The file has an archive inside (ZIP or the like). Take it out, or save the file "
                "as PDF, and upload the new file."
            )
        )
    _inspect(content, counter, depth=depth + 1)


def _inspect_xml(name: str, first: bytes, rest: Iterator[bytes]) -> None:
    """Look through XML piece by piece, each with the end of the one before it."""
    before = b""
    for piece in _chained(first, rest):
        # UTF-16 would hide every word from a search; without its zeros it is read like the rest.
        text = before + (piece.replace(b"\x00", b"") if b"\x00" in piece else piece)
        if _DECLARATIONS.search(text):
            raise Refused(_bomb())
        if name == "[Content_Types].xml" and _MACRO_TYPES.search(text):
            raise Refused(_macros())
        if _DDE.search(text):
            raise Refused(_programs())
        if name.endswith(".rels") and _LOADED_BY_ITSELF.search(text):
            raise Refused(
                _(
                    "The file loads a template or another file from elsewhere when it is opened. "
                    "Save it as PDF, and upload that."
                )
            )
        if name == "META-INF/manifest.xml" and b"encryption-data" in text:
            raise Refused(_locked())
        before = text[-2000:]


def _chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _is_xml(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in {".xml", ".rels", ".vml"}


def _bomb() -> str:
    return _(
        "The file unpacks to far more than its size, as a ZIP bomb does. Save it as PDF, and "
        "upload that."
    )


def _macros() -> str:
    return _(
        "The file holds macros. Save it as .docx, .xlsx or PDF (without macros), and upload the "
        "new file."
    )


def _programs() -> str:
    return _(
        "The file has a program or another document embedded. Take it out, or save the file as "
        "PDF, and upload the new file."
    )


def _locked() -> str:
    return _("The file is locked with a password. Save it without one, and upload the new file.")
