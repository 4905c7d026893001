"""Which kind of Office file an archive is: by what it says of its main part, whatever its name.

Word in a browser calls the main part `word/document2.xml`; the standard leaves the name free.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from typing import BinaryIO
from xml.parsers import expat

from files.reading import media
from files.reading.found import FileFault, Found

_MAIN_TYPES = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": media.DOCX,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": media.DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": media.XLSX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": media.XLSX,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": media.PPTX,
    "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml": media.PPTX,
    "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml": media.PPTX,
}
# What everybody but Word in a browser calls the main part.
_USUAL_MAINS = {
    "word/document.xml": media.DOCX,
    "xl/workbook.xml": media.XLSX,
    "ppt/presentation.xml": media.PPTX,
}
_OPEN_DOCUMENTS = {media.ODT, media.ODS, media.ODP}
_TYPES, _ROOT = "[Content_Types].xml", "_rels/.rels"
# Both lists are short; a long one is no list of ours.
_MOST_BYTES = 2 * 1024**2
_BROKEN = (
    zipfile.BadZipFile,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    zlib.error,
    expat.ExpatError,
)


def office_type(file: BinaryIO) -> str:
    """The media type of an Office file; empty for any other archive.

    Raises Found for one whose main part is a document with macros.
    """
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if _TYPES in names:
                return _type_of(archive, names)
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                declared = archive.read("mimetype").decode("ascii", "replace").strip()
                return declared if declared in _OPEN_DOCUMENTS else ""
    except _BROKEN:
        return ""
    return ""


def apparent_type(file: BinaryIO) -> str:
    """The media type that the name of a member suggests, where `office_type` tells none.

    For one that is locked, damaged or a bomb, so that its person hears this; never to take it.
    """
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except _BROKEN:
        return ""
    return next((kind for name, kind in _USUAL_MAINS.items() if name in names), "")


def _type_of(archive: zipfile.ZipFile, names: set[str]) -> str:
    by_part, by_ending = _declared_types(archive)
    mains = [part for part in _targets(archive) if part in names] if _ROOT in names else []
    declared = [
        by_part.get(part.lower()) or by_ending.get(part.rpartition(".")[2].lower(), "")
        for part in mains
    ] or [by_part[part] for part in by_part if part in {name.lower() for name in names}]
    for kind in declared:
        if "macroenabled" in kind.lower():
            raise Found(FileFault.MACROS)
        if kind in _MAIN_TYPES:
            return _MAIN_TYPES[kind]
    return ""


def _declared_types(archive: zipfile.ZipFile) -> tuple[dict[str, str], dict[str, str]]:
    """Content types by part (lower case: names differ by more than that) and by ending."""
    by_part: dict[str, str] = {}
    by_ending: dict[str, str] = {}
    for element, told in _elements(archive, _TYPES):
        kind = told.get("ContentType", "").strip()
        if element == "Override":
            by_part[told.get("PartName", "").lstrip("/").lower()] = kind
        elif element == "Default":
            by_ending[told.get("Extension", "").lower()] = kind
    return by_part, by_ending


def _targets(archive: zipfile.ZipFile) -> list[str]:
    """The main parts that the package's own relationships name."""
    return [
        posixpath.normpath(told.get("Target", "").replace("\\", "/").lstrip("/"))
        for element, told in _elements(archive, _ROOT)
        if element == "Relationship" and told.get("Type", "").endswith("/officeDocument")
    ]


def _elements(archive: zipfile.ZipFile, name: str) -> list[tuple[str, dict[str, str]]]:
    """The elements of a short list, by their names without prefix, with their attributes."""
    if archive.getinfo(name).file_size > _MOST_BYTES:
        return []
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.EntityDeclHandler = _refuse_entities
    parser.StartElementHandler = lambda tag, told: found.append((tag.rpartition(":")[2], told))
    with archive.open(name) as part:
        parser.Parse(part.read(_MOST_BYTES), True)
    return found


def _refuse_entities(*_declaration: object) -> None:
    raise Found(FileFault.BOMB)
