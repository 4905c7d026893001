"""Media types of what is taken, and how each is known by its first bytes."""

from __future__ import annotations

from typing import BinaryIO

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
WEBP = "image/webp"
HEIC = "image/heic"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODP = "application/vnd.oasis.opendocument.presentation"

PICTURES = (PNG, JPEG, WEBP, HEIC)

ZIP = b"PK\x03\x04"
# What other programs, scripts and archives begin with: a PDF may have some bytes before its own
# beginning, but not these.
OTHERS = (
    ZIP,
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"#!",
    b"<?php",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"GIF8",
    b"{\\rtf",
)
# Readers look for a PDF's beginning so far (Acrobat's implementation note 13 to the PDF 1.7 reference).
_PDF_WITHIN = 1024
# Still pictures of the High Efficiency Image File Format that hold HEVC, as telephones write them.
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def media_type_by_head(file: BinaryIO) -> str:
    """The media type of a PDF or picture by its first bytes; empty for anything else."""
    file.seek(0)
    head = file.read(_PDF_WITHIN + 5)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return HEIC
    if b"%PDF-" in head and not _is_another(head):
        return PDF
    return ""


def _is_another(head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(OTHERS) or head.startswith(OTHERS)
