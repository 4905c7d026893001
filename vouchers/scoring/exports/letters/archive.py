"""The tables of an export as CSV in a ZIP, for programs."""

from __future__ import annotations

from typing import IO

from django.utils.translation import override

from exports.letters.archive import write_archive
from vouchers.scoring.exports.queries import Export

from .ranking import ranking_table
from .scores import (
    assessments_table,
    consensuses_table,
    countries_table,
    criteria_table,
    rules_table,
)

_INTRODUCTION = """
Scores and ranking of one call, as they stood when this file was made. Confidential: it names
assessors and clusters.

The ranking follows from rules.csv, criteria.csv, countries.csv and assessments.csv alone. The script
docs/recompute_ranking.py of the portal does so, and docs/recomputing.md tells how.

All files are UTF-8. Keys and headings are English whatever the language of the portal. Points are
decimal numbers with a dot, instants are UTC. A text that begins with = + - or @ has an apostrophe
before it, so that no spreadsheet takes it for a formula.
"""


def write_csv(export: Export, file: IO[bytes]) -> None:
    """Write the tables of an export as CSV in a ZIP, the same whatever language is active."""
    with override("en"):
        tables = [
            rules_table(export),
            criteria_table(export),
            countries_table(export),
            assessments_table(export),
            consensuses_table(export),
            ranking_table(export),
        ]
        write_archive(tables, file, introduction=_INTRODUCTION)
