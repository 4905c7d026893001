"""Telling what a file is, and whether it may be taken."""

from __future__ import annotations

from typing import BinaryIO

from files.reading.office.kinds import apparent_type, office_type

from . import media
from .answers import Reply
from .found import FileFault, Found


def tell(file: BinaryIO) -> Reply:
    """The media type of a file, by its content, damaged or not; empty for none of ours."""
    return Reply({"media_type": _media_type(file) or _apparent_type(file)})


def inspect(file: BinaryIO) -> Reply:
    """The media type of a file that may be taken. Raises Found when it may not."""
    media_type = _media_type(file)
    if not media_type:
        raise _why_not(file)
    if media_type == media.PDF:
        from files.reading.pdfs.inspecting import inspect_pdf

        inspect_pdf(file)
    elif media_type in media.PICTURES:
        from .pictures import inspect_picture

        inspect_picture(file, media_type)
    else:
        from files.reading.office.inspecting import inspect_office

        inspect_office(file)
    return Reply({"media_type": media_type})


def _media_type(file: BinaryIO) -> str:
    file.seek(0)
    if file.read(4) == media.ZIP:
        return office_type(file)
    return media.media_type_by_head(file)


def _apparent_type(file: BinaryIO) -> str:
    file.seek(0)
    return apparent_type(file) if file.read(4) == media.ZIP else ""


def _why_not(file: BinaryIO) -> Found:
    """What is amiss with a file that does not tell what it is: locked, a bomb, or none of ours."""
    if _apparent_type(file):
        from files.reading.office.inspecting import inspect_office

        try:
            inspect_office(file)
        except Found as found:
            return found
    return Found(FileFault.UNKNOWN)
