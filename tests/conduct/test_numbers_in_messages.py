"""Numbers in sentences are written as their reader does: none is put in as Python holds it.

A Decimal that is filled into a sentence by % reads 5000.00 in every language, and 1E+2 at worst. The
sources are read: where a sentence has a gap for an amount, a rate, a score or a month, what fills it
was made by one of the helpers that know the reader.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = (
    "accounts",
    "clusters",
    "dashboards",
    "documents",
    "files",
    "inputs",
    "notices",
    "reports",
    "texts",
    "vouchers",
)
SOURCES = sorted(
    path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts
)
# Gaps that hold what is measured; counts, which are whole and small, are called otherwise.
MEASURED = {
    *("amount", "total", "left", "most", "limit", "ceiling", "budget", "sum", "claimed", "euro"),
    *("rate", "before", "latest", "month", "first", "low", "high", "step", "needed", "mean"),
    *("points", "weight", "least", "balance"),
}
HELPERS = {
    *("amount", "amount_in_text", "figures", "number", "rate", "month", "month_in_words", "day"),
    *("number_format", "as_read", "filesizeformat", "instant", "_plain", "_shown", "_number"),
    *("ceil", "floor", "len"),
}
# Filled by a name of their own that says what they hold: whole numbers, texts, or a rate's own words.
TAKEN = {"MOST_ROWS", "MOST_LETTERS", "LONGEST_APPEAL", "longest", "rate", "before"}


def unwritten(source):
    """(line, gap) of each measured gap in a sentence that something else fills than a helper."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod)):
            continue
        if not (isinstance(node.right, ast.Dict) and _is_sentence(node.left)):
            continue
        for key, value in zip(node.right.keys, node.right.values, strict=True):
            if isinstance(key, ast.Constant) and key.value in MEASURED and not _is_written(value):
                yield node.lineno, key.value


def _is_sentence(node):
    """A call of gettext, or a name that holds what it gave."""
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        return name == "_" or name.endswith("gettext")
    return isinstance(node, ast.Name)


def _is_written(value):
    if isinstance(value, ast.Call):
        called = value.func
        name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
        return name in HELPERS
    return isinstance(value, ast.Name) and value.id in TAKEN


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_measured_is_written_for_its_reader(path):
    assert list(unwritten(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('_("%(total)s EUR") % {"total": plan.total}', ["total"]),
        ('_("%(low)s") % {"low": call.score_min.normalize()}', ["low"]),
        ('ngettext("%(limit)s", "%(limit)s", 2) % {"limit": f"{most:.2f}"}', ["limit"]),
        ('_("%(total)s EUR") % {"total": figures(plan.total)}', []),
        ('_("%(name)s") % {"name": plan.name}', []),
    ],
)
def test_the_reading_finds_what_it_should(line, found):
    assert [gap for _line, gap in unwritten(line)] == found
