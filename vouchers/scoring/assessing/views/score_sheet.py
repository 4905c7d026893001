"""The score sheet as its page shows it: each criterion beside the answers that feed it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from vouchers.applications.queries.filled_forms import FilledForm, Item
from vouchers.scoring.assessing.actions import COMMENT
from vouchers.scoring.assessing.forms.assessments import AssessmentForm, CriterionRow
from vouchers.scoring.assessing.models import Score


@dataclass(frozen=True)
class SheetPart:
    """One criterion of the page: its fields, the answers that feed it, and what another window
    saved meanwhile (None where nothing was overtaken)."""

    row: CriterionRow
    items: list[Item]
    theirs: Score | None = None


@dataclass(frozen=True)
class ScoreSheet:
    """All that the page shows of an assessment: criteria in order, answers that feed none."""

    parts: list[SheetPart]
    others: list[Item]
    comment_version: int
    # The comment that another window saved meanwhile; None where it was not overtaken.
    comment_of_theirs: str | None = None
    overtaken: list[int] = field(default_factory=list)


def sheet_of(
    form: AssessmentForm, filled: FilledForm, *, overtaken: Iterable[int] = ()
) -> ScoreSheet:
    """The sheet with the answers of a form as it was filled in; no query.

    `overtaken` are the criteria (COMMENT for the comment) that another window changed: with what
    it saved before one's eyes, saving once more replaces it.
    """
    shown = [item for section in filled.sections for item in section.shown]
    return ScoreSheet(
        parts=[
            SheetPart(
                row,
                [item for item in shown if item.question.criterion_id == row.criterion.pk],
                form.standing[row.criterion.pk] if row.criterion.pk in overtaken else None,
            )
            for row in form.rows()
        ],
        others=[item for item in shown if item.question.criterion_id is None],
        comment_version=form.seen()[COMMENT],
        comment_of_theirs=form.assessment.comment if COMMENT in overtaken else None,
        overtaken=list(overtaken),
    )
