"""What a file says, as its page shows it before it is taken in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .models import PaymentStatus, SetAside
from .queries import FilePreview, Sorted

# A page shows so many lines; the statement shows all once they are taken in.
_LINES_SHOWN = 100


@dataclass(frozen=True)
class StatementPanel:
    """One statement of a file: its sums, and its new lines."""

    sorted: Sorted
    lines: list[dict[str, Any]]
    proposed: int
    aside: int

    @property
    def left_out(self) -> int:
        return max(0, len(self.sorted.new) - len(self.lines))


def preview_panel(preview: FilePreview) -> dict[str, Any]:
    """The statements with their lines, or the words on payments with what follows."""
    outcomes = dict(PaymentStatus.Outcome.choices)
    return {
        "batch": preview.batch,
        "statements": [_panel(one) for one in preview.statements],
        "said": [{"said": one, "outcome": outcomes[one.outcome]} for one in preview.said],
        "given_back": sum(one.outcome == "given_back" for one in preview.said),
    }


def _panel(found: Sorted) -> StatementPanel:
    why = dict(SetAside.Why.choices)
    lines = [
        {
            "line": known.line,
            "is_proposed": what.payment is not None,
            "why": why.get(what.why, ""),
            "words": what.words,
        }
        for known, _position, what in found.new[:_LINES_SHOWN]
    ]
    return StatementPanel(
        found, lines, len(found.among(proposed=True)), len(found.among(proposed=False))
    )
