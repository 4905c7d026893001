"""Several tables as CSV in a ZIP, for programs, with a dictionary of their columns."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from typing import IO

from exports.rules.columns import Table

from .lines import csv_lines


def write_archive(tables: Iterable[Table], file: IO[bytes], *, introduction: str) -> None:
    """Write a ZIP with each table as CSV, and a README.txt that explains them."""
    tables = list(tables)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", f"{introduction.strip()}\n{_dictionary(tables)}")
        for table in tables:
            with archive.open(f"{table.name}.csv", "w") as entry:
                for line in csv_lines(table):
                    entry.write(line.encode())


def _dictionary(tables: Iterable[Table]) -> str:
    """Every file and column in a line."""
    lines = []
    for table in tables:
        lines += ["", f"{table.name}.csv"]
        lines += [f"  {column.key}: {column.means}" for column in table.columns]
    return "\n".join([*lines, ""])
