"""What can be amiss with a file."""

from __future__ import annotations

from enum import StrEnum


class FileFault(StrEnum):
    """Why a file is not taken. Each has its sentence in `files.wording.sentences`."""

    UNKNOWN = "unknown"
    DAMAGED = "damaged"
    LOCKED = "locked"
    BOMB = "bomb"
    MACROS = "macros"
    PROGRAMS = "programs"
    ARCHIVE = "archive"
    ELSEWHERE = "elsewhere"
    PDF_DAMAGED = "pdf-damaged"
    PDF_CUT = "pdf-cut"
    PDF_LOCKED = "pdf-locked"
    PDF_SCRIPT = "pdf-script"
    PDF_PROGRAM = "pdf-program"
    PDF_FILES = "pdf-files"
    PDF_XFA = "pdf-xfa"
    PDF_ACTS = "pdf-acts"
    PDF_ELSEWHERE = "pdf-elsewhere"
    PDF_BOMB = "pdf-bomb"
    PICTURE_DAMAGED = "picture-damaged"
    PICTURE_PIXELS = "picture-pixels"


class Found(Exception):
    """A finding, with the numbers that its sentence names."""

    def __init__(self, finding: FileFault, **facts: int) -> None:
        super().__init__(finding)
        self.finding, self.facts = finding, facts
