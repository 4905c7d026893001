"""What a PDF must not hold: anything that acts when it is opened, or that cannot be read.

After the lists of active content in ISO 32000-2, 12.6 (actions) and in Didier Stevens' pdfid. qpdf,
through pikepdf, reads names as readers do, so that `/J#61vaScript` hides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

import pikepdf
import pikepdf.settings
from django.utils.translation import gettext as _

from records.acting import Refused

# A stream of some kB may unpack to gigabytes; qpdf gives up on it beyond this.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=200 * 1024**2,
    run_length_max_memory=200 * 1024**2,
    png_max_memory=200 * 1024**2,
    tiff_max_memory=200 * 1024**2,
    parser_max_nesting=200,
    doc_max_warnings=200,
)
MOST_OBJECTS = 300_000
# Writers add a line or two after the end mark; a file that was cut has none at all.
_END_WITHIN = 2048

_SCRIPTS = {"/JavaScript", "/JS"}
_ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/ImportData",
    "/SubmitForm",
    "/Rendition",
    "/RichMediaExecute",
    "/GoToE",
    "/Movie",
    "/Sound",
}
_ANNOTATIONS = {"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
_SUSPECT = re.compile(
    rb"/(?:JavaScript|JS|Launch|ImportData|SubmitForm|Rendition|RichMedia\w*|GoToE|Movie|Sound"
    rb"|Screen|3D|XFA|EF|EmbeddedFiles|FileAttachment)(?![A-Za-z0-9])"
)


def inspect_pdf(file: BinaryIO) -> None:
    """Raise Refused when the PDF is damaged, locked, or does more than show pages."""
    if not _has_an_end(file):
        raise Refused(_cut_off())
    file.seek(0)
    try:
        with pikepdf.open(file) as pdf:
            _require_open(pdf)
            _require_pages(pdf)
            for found in _dictionaries(pdf):
                _require_passive(found)
    except pikepdf.PasswordError:
        raise Refused(_locked()) from None
    except (pikepdf.PikepdfError, RuntimeError, ValueError, MemoryError, RecursionError):
        # What qpdf raises for objects beyond repair differs by what is broken.
        raise Refused(_damaged()) from None


def _has_an_end(file: BinaryIO) -> bool:
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_WITHIN))
    return b"%%EOF" in file.read()


def _require_open(pdf: pikepdf.Pdf) -> None:
    if pdf.is_encrypted:
        raise Refused(_locked())


def _require_pages(pdf: pikepdf.Pdf) -> None:
    if not len(pdf.pages) or len(pdf.objects) > MOST_OBJECTS:
        raise Refused(_damaged())


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary, however deep, of each object whose text holds a suspect name."""
    for found in pdf.objects:
        plain = found.stream_dict if isinstance(found, pikepdf.Stream) else found
        if _SUSPECT.search(_text_of(plain)):
            yield from _within(plain)


def _text_of(found: object) -> bytes:
    return found.unparse(resolved=True) if isinstance(found, pikepdf.Object) else b""


def _within(found: object) -> Iterator[pikepdf.Object]:
    """The dictionaries inside one object; others that it points to have their own turn."""
    waiting = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Dictionary):
            yield one
            waiting += [value for _key, value in one.items() if not _is_reference(value)]
        elif isinstance(one, pikepdf.Array):
            waiting += [value for value in one if not _is_reference(value)]  # type: ignore[attr-defined]


def _is_reference(value: object) -> bool:
    return isinstance(value, pikepdf.Object) and value.is_indirect


def _require_passive(found: pikepdf.Object) -> None:
    keys = set(found.keys())
    action, kind = str(found.get("/S", "")), str(found.get("/Subtype", ""))
    if keys & _SCRIPTS or action == "/JavaScript":
        raise Refused(
            _(
                "The PDF holds a script (JavaScript). Print it to PDF, or save it as PDF/A, and "
                "upload the new file."
            )
        )
    if action == "/Launch":
        raise Refused(
            _(
                "The PDF would start a program when it is opened. Print it to PDF, or save it as "
                "PDF/A, and upload the new file."
            )
        )
    if keys & {"/EF", "/EmbeddedFiles"} or kind == "/FileAttachment":
        raise Refused(
            _(
                "The PDF has other files inside. Upload these one by one, and print the PDF itself "
                "to PDF."
            )
        )
    if "/XFA" in keys:
        raise Refused(
            _(
                "The PDF is a form that works in one program only (XFA). Fill it in, print it to "
                "PDF, and upload the new file."
            )
        )
    if action in _ACTIONS or kind in _ANNOTATIONS or any(key.startswith("/RichM") for key in keys):
        raise Refused(
            _(
                "The PDF holds film, sound or something else that acts by itself. Print it to PDF, "
                "or save it as PDF/A, and upload the new file."
            )
        )


def _locked() -> str:
    return _(
        "The PDF is locked with a password. Save it without one, or print it to PDF, and upload "
        "the new file."
    )


def _damaged() -> str:
    return _(
        "The PDF is damaged and cannot be read. Look whether it opens on your computer, print it "
        "to PDF, and upload the new file."
    )


def _cut_off() -> str:
    return _(
        "The end of the PDF is missing. It may have been cut when it was copied: upload it again "
        "from where you first saved it."
    )
