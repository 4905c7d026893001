"""Files as people would upload them: short PDFs, each with its own text."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import format_html
from weasyprint import HTML


def paper(name: str, title: str, text: str) -> SimpleUploadedFile:
    """A PDF of one page called `name`."""
    page = format_html("<h1>{}</h1><p>{}</p><p>{}</p>", title, text, "Demonstration")
    content = HTML(string=page).write_pdf()
    return SimpleUploadedFile(name, content, content_type="application/pdf")
