"""What is issued over stages: the report of the programme, its facts, and the same as a Word document."""

from .programme import PROGRAMME_REPORT, programme_facts
from .word import word_report

__all__ = ["PROGRAMME_REPORT", "programme_facts", "word_report"]
