"""What a PDF must not hold: anything that acts by itself, or that cannot be read.

After the lists of active content in ISO 32000-2, 12.6 (actions) and in Didier Stevens' pdfid. qpdf,
through pikepdf, reads names as readers do, so that `/J#61vaScript` hides nothing. What is judged is a
name in its place (the kind of an action), not a name anywhere: resources may be called `/JS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

import pikepdf
import pikepdf.settings

from files.reading.elsewhere import is_elsewhere
from files.reading.found import FileFault, Found
from files.reading.pdfs import ends as pdf_ends
from files.reading.pdfs.actions import finding_in_holder
from files.reading.pdfs.attachments import Attachments
from files.reading.pdfs.forms import finding_in_form
from files.reading.pdfs.streams import MOST_UNPACKED, Drawings

# A stream of some kB may unpack to gigabytes; qpdf gives up on it beyond this.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=MOST_UNPACKED,
    run_length_max_memory=MOST_UNPACKED,
    png_max_memory=MOST_UNPACKED,
    tiff_max_memory=MOST_UNPACKED,
    parser_max_nesting=200,
    doc_max_warnings=200,
)
MOST_OBJECTS = 300_000

_ANNOTATIONS = {"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
# Any object in whose text none of these names stands is of no interest.
_SUSPECT = re.compile(
    rb"/(?:JavaScript|Launch|ImportData|SubmitForm|Rendition|RichMedia\w*|GoToE|GoTo3DView|Movie"
    rb"|Sound|Screen|3D|XFA|EF|FileAttachment|OpenAction|AA|Ref)(?![A-Za-z0-9])"
)


def inspect_pdf(file: BinaryIO) -> None:
    """Raise Found when the PDF is damaged, locked, a bomb, or does more than show pages."""
    pdf_ends.require_end(file)
    file.seek(0)
    try:
        with pikepdf.open(file) as pdf:
            _inspect(pdf)
    except pikepdf.PasswordError:
        raise Found(FileFault.PDF_LOCKED) from None
    except (
        pikepdf.PikepdfError,
        RuntimeError,
        ValueError,
        TypeError,
        KeyError,
        RecursionError,
    ) as error:
        # What qpdf raises for objects beyond repair differs by what is broken. One that only
        # certificates or a company's own program open is not broken.
        locked = "encryption" in str(error).lower()
        raise Found(FileFault.PDF_LOCKED if locked else FileFault.PDF_DAMAGED) from None


def _inspect(pdf: pikepdf.Pdf) -> None:
    """A PDF that opens without a password is taken, whatever its owner forbids to change."""
    if len(pdf.objects) > MOST_OBJECTS or not len(pdf.pages):
        raise Found(FileFault.PDF_DAMAGED)
    attachments, drawings = Attachments(), Drawings()
    is_drawn_by_form = bool(pdf.Root.get("/NeedsRendering", False))
    for found in pdf.objects:
        is_stream = isinstance(found, pikepdf.Stream)
        plain = found.stream_dict if is_stream else found
        if _SUSPECT.search(_text_of(plain)):
            for dictionary in _within(plain):
                _require_passive(dictionary, attachments, is_drawn_by_form=is_drawn_by_form)
        if is_stream:
            drawings.add(found)
    for one in _within(pdf.trailer):
        _require_passive(one, attachments, is_drawn_by_form=is_drawn_by_form)


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
            waiting += [value for value in one if not _is_reference(value)]


def _is_reference(value: object) -> bool:
    return isinstance(value, pikepdf.Object) and value.is_indirect


def _require_passive(
    found: pikepdf.Object, attachments: Attachments, *, is_drawn_by_form: bool
) -> None:
    finding = finding_in_holder(found)
    if finding is not None:
        raise Found(finding)
    kind = str(found.get("/Subtype", ""))
    if kind == "/FileAttachment":
        raise Found(FileFault.PDF_FILES)
    if kind in _ANNOTATIONS:
        raise Found(FileFault.PDF_ACTS)
    if "/EF" in found:
        attachments.require_invoice(found)
    if "/XFA" in found:
        finding = finding_in_form(found, is_drawn_by_it=is_drawn_by_form)
        if finding is not None:
            raise Found(finding)
    if "/Ref" in found and _names_another_file(found["/Ref"]):
        raise Found(FileFault.PDF_ELSEWHERE)


def _names_another_file(reference: object) -> bool:
    """Whether a drawing stands for a page of a file on a server (ISO 32000-2, 8.10.4)."""
    if not isinstance(reference, pikepdf.Dictionary) or "/F" not in reference:
        return False
    file = reference["/F"]
    names = (
        [file] if not isinstance(file, pikepdf.Dictionary) else [file.get("/F"), file.get("/UF")]
    )
    return any(isinstance(name, pikepdf.String) and is_elsewhere(str(name)) for name in names)
