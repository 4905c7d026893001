"""The papers of an assessor: the grid to fill in by hand, and the scores that were given.

They are no letters: they bear no code, and never reach the cluster.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from math import ceil
from typing import Any

from django.utils.translation import gettext_lazy as _

from conduct.queries.days import iso_day_of
from documents.kinds import DocumentKind, register
from vouchers.applications.letters import application_facts
from vouchers.calls.models import Call, Criterion
from vouchers.scoring.rounds.queries import steps_of

from .models import Assessment, Score
from .permissions import may_print_as_assessor, may_print_submitted

GRID = register(
    DocumentKind(
        slug="score-grid",
        title=_("Score sheet to fill in by hand"),
        template="letters/score_sheet.html",
        may_read=may_print_as_assessor,
        proves=False,
    )
)

# A kind of its own: a draft of scores stays with its assessor also once the scores are submitted.
DRAFT_SHEET = register(
    DocumentKind(
        slug="score-draft",
        title=_("Draft of a score sheet"),
        template="letters/score_sheet.html",
        may_read=may_print_as_assessor,
        proves=False,
    )
)

SHEET = register(
    DocumentKind(
        slug="score-sheet",
        title=_("Score sheet"),
        template="letters/score_sheet.html",
        may_read=may_print_submitted,
        proves=False,
    )
)

_CENT = Decimal("0.01")


def score_sheet_facts(assessment: Assessment, *, blank: bool) -> dict[str, Any]:
    """The grid of the call in the active language, with the scores unless `blank`.

    The same as long as nothing changes, so that a sheet is made once.
    """
    assignment = assessment.assignment
    call = assignment.application.call
    scores = {} if blank else {score.criterion_id: score for score in assessment.scores.all()}
    criteria = list(call.criteria.all())
    is_submitted = assessment.state == Assessment.State.SUBMITTED
    submitted = assessment.submitted_at if is_submitted else None
    return {
        **application_facts(assignment.application),
        "date": iso_day_of(submitted, assignment.application.country.zone),
        "assessor": str(assignment.assessor),
        "assessor_time_zone": assignment.assessor.time_zone,
        "due_at": assignment.due_at.isoformat(),
        "submitted_at": submitted.isoformat() if submitted else "",
        "blank": blank,
        "steps": [_plain(step) for step in steps_of(call)],
        "score_max": _plain(call.score_max),
        # Anchors are written for whole scores, from the lowest.
        "first_anchor": ceil(call.score_min),
        "total_threshold": _plain(call.total_threshold),
        "total": _total(call, criteria, scores),
        "criteria": [_criterion(call, one, scores.get(one.pk)) for one in criteria],
        "comment": "" if blank else assessment.comment,
    }


def _criterion(call: Call, criterion: Criterion, score: Score | None) -> dict[str, Any]:
    given = score is not None and score.value is not None
    return {
        "name": str(criterion.name),
        "guidance": str(criterion.guidance),
        "anchors": [line for line in str(criterion.anchors).splitlines() if line.strip()],
        "weight": _plain(criterion.weight),
        "least": _plain(criterion.threshold * call.score_max / 100),
        "score": _plain(score.value) if given else "",  # type: ignore[union-attr, arg-type]
        "points": str(_points(call, criterion, score).quantize(_CENT, ROUND_HALF_UP))
        if given
        else "",
        "strengths": score.strengths if score else "",
        "weaknesses": score.weaknesses if score else "",
    }


def _points(call: Call, criterion: Criterion, score: Score | None) -> Decimal:
    """Score ÷ highest score × weight: see the specification of the ranking."""
    value = score.value if score and score.value is not None else Decimal(0)
    return value * criterion.weight / call.score_max


def _total(call: Call, criteria: list[Criterion], scores: dict[int, Score]) -> str:
    """Points of 100 as text, once every criterion is scored."""
    if any(one.pk not in scores or scores[one.pk].value is None for one in criteria):
        return ""
    total = sum((_points(call, one, scores[one.pk]) for one in criteria), Decimal(0))
    return str(total.quantize(_CENT, ROUND_HALF_UP))


def _plain(number: Decimal) -> str:
    """A number without zeros that say nothing, never with an exponent."""
    return f"{number.normalize():f}"
