"""Files inside a PDF: an invoice brings its figures along (Factur-X, ZUGFeRD, Order-X, UBL)."""

from __future__ import annotations

from xml.parsers import expat

import pikepdf

from files.reading.found import FileFault, Found

MOST_BYTES = 10 * 1024**2
MOST_FILES = 10
# The roots of EN 16931's two syntaxes, of ZUGFeRD 1, and of Order-X.
_INVOICES = {
    "CrossIndustryInvoice",
    "CrossIndustryDocument",
    "Invoice",
    "CreditNote",
    "SCRDMCCBDACIOMessageStructure",
}
_KEYS = ("/F", "/UF", "/DOS", "/Mac", "/Unix")


class _Stopped(Exception):
    """There is something in the XML that no invoice has."""


class Attachments:
    """The files inside one PDF, which are few, small, and invoices as data."""

    def __init__(self) -> None:
        self.count = 0

    def require_invoice(self, specification: pikepdf.Object) -> None:
        """Raise Found unless all that a file specification holds is an electronic invoice.

        A dictionary without a stream in it only has that name among its own, as a font may.
        """
        held = specification["/EF"]
        if not isinstance(held, pikepdf.Dictionary):
            return
        streams = [value for _key, value in held.items() if isinstance(value, pikepdf.Stream)]
        if not streams or isinstance(held, pikepdf.Stream):
            return
        for stream in streams:
            self.count += 1
            if self.count > MOST_FILES * len(_KEYS) or not _is_invoice(stream):
                raise Found(FileFault.PDF_FILES)


def _is_invoice(stream: pikepdf.Object) -> bool:
    """Whether it is XML whose root is an invoice, without entities or a word to other programs."""
    try:
        content = stream.read_bytes()
    except pikepdf.PikepdfError:
        return False
    if len(content) > MOST_BYTES:
        return False
    roots: list[str] = []
    parser = expat.ParserCreate()

    def start(tag: str, _attributes: dict[str, str]) -> None:
        if not roots:
            roots.append(tag.rpartition(":")[2])

    parser.StartElementHandler = start
    parser.EntityDeclHandler = _stop
    # <?mso-application?> would have it opened by Word or Excel, with what those do.
    parser.ProcessingInstructionHandler = _stop
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, _Stopped):
        return False
    return bool(roots) and roots[0] in _INVOICES


def _stop(*_told: object) -> None:
    raise _Stopped
