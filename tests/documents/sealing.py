"""What the tests of sealed letters share: letters made, and their seals as pyHanko finds them."""

from __future__ import annotations

import io
import logging
from pathlib import Path

from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from documents.actions import issue_document
from documents.actions.making import render_document
from documents.models import Document
from tests.documents.samples import sample_facts
from tests.people import person

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
    return [
        validate_pdf_signature(found, context)
        for found in PdfFileReader(io.BytesIO(content)).embedded_signatures
    ]
