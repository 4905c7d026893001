"""The two reports of a period, by their kind: which document, what it tells, and how it looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from documents.kinds import DocumentKind
from reports.models import PeriodReport

from .financial import FINANCIAL_REPORT, financial_facts
from .progress import PROGRESS_REPORT, progress_facts


@dataclass(frozen=True)
class PeriodLetter:
    """The document of one kind of report, its facts, and the template of what it says."""

    document: DocumentKind
    facts: Callable[[PeriodReport], dict[str, Any]]
    body: str


PERIOD_LETTERS: dict[str, PeriodLetter] = {
    PeriodReport.Kind.FINANCIAL: PeriodLetter(
        FINANCIAL_REPORT, financial_facts, "letters/_financial_report.html"
    ),
    PeriodReport.Kind.PROGRESS: PeriodLetter(
        PROGRESS_REPORT, progress_facts, "letters/_progress_report.html"
    ),
}
