"""Whether PDFs hold to a profile, and their seals; letters made to be looked at."""

from __future__ import annotations

import io
import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import page
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from django.conf import settings
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from documents.actions import issue_document
from documents.actions.making import render_document
from documents.models import Document
from tests.documents.samples import sample_facts
from tests.people import person

PDF_UA, PDF_A = page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3U
# page-validation takes a last byte of 0x0D for a part of the line's end after it, and finds the stream
# one byte too short: of what is compressed every 256th ends so, and it is right as it is.
_FALSE_ALARM, _ENDS_SO = "PDFA3U-STREAM-LENGTH-001", b"\r\nendstream"


def failures(content: bytes, profile: page.ValidationProfile) -> list[str]:
    """The rules that the file fails, each with its message; none where it is as it must be."""
    report = page.validate_pdf_bytes(content, profile=profile)
    return [
        f"{failure.rule_id}: {failure.message}"
        for failure in report.failures
        if not (failure.rule_id == _FALSE_ALARM and _ENDS_SO in content)
    ]


# It tells at length what the tests ask for: that a changed file is not what was sealed.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)


def issued(kind="award", language="en"):
    return issue_document(
        kind, person(), sample_facts(kind, language), language=language, by=None, reference="SUV-1"
    )


def made(kind="award", language="en"):
    document = issued(kind, language)
    render_document(document.pk)
    return Document.objects.get(pk=document.pk)


def seals_of(content: bytes, trusted: Path | None = None) -> list:
    """What pyHanko finds of each seal of a PDF; only the certificate in `trusted` is known."""
    roots = []
    if trusted:
        certificate = load_pkcs12(trusted.read_bytes(), None).cert.certificate
        roots = [x509.Certificate.load(certificate.public_bytes(Encoding.DER))]
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    found = PdfFileReader(io.BytesIO(content)).embedded_signatures
    # pyHanko runs a loop of its own, which it cannot beside a browser that is driven from here.
    with ThreadPoolExecutor(max_workers=1) as thread:
        return list(thread.map(lambda one: validate_pdf_signature(one, context), found))


def kept() -> set[Path]:
    """The files that lie in the store."""
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}
