"""Reports as Word documents to edit, of the same facts as the PDFs."""

from __future__ import annotations

from django.utils.translation import override

from documents.models import Document
from documents.wording import for_readers_in

from .financial import FinancialWriter
from .programme import ProgrammeWriter
from .progress import ProgressWriter
from .writing import ReportWriter

_WRITERS: dict[str, type[ReportWriter]] = {
    "programme-report": ProgrammeWriter,
    "financial-report": FinancialWriter,
    "progress-report": ProgressWriter,
}


def word_report(report: Document) -> bytes:
    """The issued report as a .docx in its own language; its figures are those of its frozen facts.

    For readers in the country that it is about, whoever asks for it, as its PDF.
    """
    there = str(report.facts.get("country_code", ""))
    with override(report.language), for_readers_in(there):
        return _WRITERS[report.kind](report).write()
