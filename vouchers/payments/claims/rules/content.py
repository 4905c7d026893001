"""What is typed of a claim: invoices with their lines, as words, in the order of the page.

A content is `{"invoices": [invoice, …]}`; an invoice has the words of its boxes, the id of the file
that was kept of it, and its `lines`. Everything is kept as it was typed, right or wrong. The boxes
of the page are named `invoices-0-number` and `invoices-0-lines-1-declared`, and so are refusals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from inputs.rules.numbers import sent_number

Content = dict[str, Any]
INVOICE_BOXES = (
    *("number", "invoiced_on", "currency", "net", "vat", "vat_rule", "file"),
    # Where whoever claims has paid the provider.
    *("paid_on", "proof"),
)
LINE_BOXES = ("milestone", "purpose", "declared")
MOST_INVOICES, MOST_LINES = 50, 100
# Longer than anything that a box takes; what is longer is no slip.
_LONGEST = 1000
_BOX = re.compile(r"invoices-(\d{1,3})-(?:lines-(\d{1,3})-)?([a-z_]+)")


def blank_line(milestone: str = "") -> dict[str, str]:
    return {**dict.fromkeys(LINE_BOXES, ""), "milestone": milestone}


def blank_invoice(milestone: str = "") -> dict[str, Any]:
    return {
        **dict.fromkeys(INVOICE_BOXES, ""),
        "currency": "EUR",
        "vat_rule": "none",
        "lines": [blank_line(milestone)],
    }


def blank(milestone: str = "") -> Content:
    return {"invoices": [blank_invoice(milestone)]}


def read(sent: Mapping[str, str]) -> Content:
    """The content that a page sent, by the names of its boxes; other names are left alone."""
    found: dict[int, dict[str, str]] = {}
    lines: dict[int, dict[int, dict[str, str]]] = {}
    for name, value in sent.items():
        box = _BOX.fullmatch(name)
        if box is None:
            continue
        at, text = int(box[1]), value[:_LONGEST]
        if box[2] is None and box[3] in INVOICE_BOXES:
            found.setdefault(at, {})[box[3]] = text
        elif box[2] is not None and box[3] in LINE_BOXES:
            lines.setdefault(at, {}).setdefault(int(box[2]), {})[box[3]] = text
    return {
        "invoices": [
            {
                **dict.fromkeys(INVOICE_BOXES, ""),
                **found.get(at, {}),
                "lines": [{**blank_line(), **one} for _, one in sorted(lines.get(at, {}).items())],
            }
            for at in sorted(found.keys() | lines.keys())
        ]
    }


def boxes(content: Content) -> dict[str, str]:
    """The same by the names of the boxes."""
    named: dict[str, str] = {}
    for at, invoice in enumerate(content["invoices"]):
        named |= {f"invoices-{at}-{box}": invoice[box] for box in INVOICE_BOXES}
        for number, line in enumerate(invoice["lines"]):
            named |= {f"{prefix_of(at, number)}-{box}": line[box] for box in LINE_BOXES}
    return named


def prefix_of(invoice: int, line: int | None = None) -> str:
    """How the boxes of an invoice, or of one of its lines, are named."""
    return f"invoices-{invoice}" if line is None else f"invoices-{invoice}-lines-{line}"


def lines_of(content: Content) -> Iterator[tuple[int, int, dict[str, Any], dict[str, str]]]:
    """Every line with its invoice, and the places of both."""
    for at, invoice in enumerate(content["invoices"]):
        for number, line in enumerate(invoice["lines"]):
            yield at, number, invoice, line


def is_empty(content: Content) -> bool:
    """Whether nothing was typed that somebody would miss, and no box was asked for."""
    kept = ("currency", "vat_rule", "lines", "milestone")
    invoices = content.get("invoices", [])
    if sum(len(invoice["lines"]) for invoice in invoices) > 1:
        return False
    return not any(
        value
        for invoice in invoices
        for part in (invoice, *invoice["lines"])
        for box, value in part.items()
        if box not in kept
    )


def changed(content: Content, button: str) -> Content:
    """The content after one of the buttons that add or take away; unknown ones change nothing."""
    result = deepcopy(content)
    invoices = result["invoices"]
    what, *places = button.split(":")
    at = _places(places)
    if what == "add-invoice" and len(invoices) < MOST_INVOICES and has_room(content):
        invoices.append(blank_invoice())
    elif what == "add-line" and at[:1] and at[0] < len(invoices) and has_room(content):
        invoices[at[0]]["lines"].append(blank_line())
    elif what == "remove-invoice" and at[:1] and at[0] < len(invoices) > 1:
        del invoices[at[0]]
    elif what == "remove-line" and at[1:] and at[0] < len(invoices):
        lines = invoices[at[0]]["lines"]
        if at[1] < len(lines) > 1:
            del lines[at[1]]
    return result


def has_room(content: Content) -> bool:
    """Whether another line can be added."""
    return sum(1 for _ in lines_of(content)) < MOST_LINES


def _places(words: Iterable[str]) -> list[int]:
    return [sent_number(word, 3) for word in words if word]
