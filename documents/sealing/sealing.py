"""Putting the seal on a finished PDF.

The seal is appended: the bytes that were rendered stay the beginning of the sealed file. It is not
drawn, so it lies outside the page with a name that is read aloud, as PDF/UA-1 asks. It certifies that
nothing may be changed from then on: programs that show PDFs say so when something was.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from documents.sealing.keys import SealingKey

FIELD = "Seal"
# Room for the signature, as hexadecimal: four times what RSA-4096 with a chain of three takes.
_RESERVED = 32 * 1024


def sealed(content: bytes, key: SealingKey, *, said: str) -> bytes:
    """The PDF with the seal after it; `said` names the seal to whom it is read aloud.

    Raises ValueError for a file that bears a seal already: there are never two.
    """
    writer = IncrementalPdfFileWriter(BytesIO(content))
    if "/AcroForm" in writer.root:
        raise ValueError("The file bears a seal already.")
    field = SigFieldSpec(
        FIELD,
        readable_field_name=said,
        invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
    )
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    written = BytesIO()
    signer = PdfSigner(metadata, signer=key.signer, new_field_spec=field)
    # pyHanko runs an event loop of its own, which it cannot where the caller's thread runs one.
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(signer.sign_pdf, writer, output=written, bytes_reserved=_RESERVED).result()
    return written.getvalue()
