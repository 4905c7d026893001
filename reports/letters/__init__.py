"""What is issued over stages: its facts, and the same as Word documents."""

from .financial import FINANCIAL_REPORT, annex_facts, financial_facts
from .of_periods import PERIOD_LETTERS, PeriodLetter
from .previewing import previewed
from .programme import PROGRAMME_REPORT, programme_facts
from .progress import PROGRESS_REPORT, progress_facts
from .word import word_report

# The kinds of documents that are reports, by slug.
REPORTS = {kind.slug: kind for kind in (PROGRAMME_REPORT, FINANCIAL_REPORT, PROGRESS_REPORT)}

__all__ = [
    "FINANCIAL_REPORT",
    "PERIOD_LETTERS",
    "PROGRAMME_REPORT",
    "PROGRESS_REPORT",
    "REPORTS",
    "PeriodLetter",
    "annex_facts",
    "financial_facts",
    "previewed",
    "programme_facts",
    "progress_facts",
    "word_report",
]
