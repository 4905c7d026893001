"""The rows of the scoring workbook: how each is known, what it holds, and what is signed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core import signing
from django.utils import timezone

from accounts.models import User
from vouchers.calls.models import Call
from vouchers.scoring.assessing.models import Assignment, Score

SALT = "scoring.workbook"

# The names of the sheets are part of what is signed, since they are in the reader's language.
HIDDEN = "portal"

KEY, REFERENCE, CLUSTER, CRITERION, GUIDANCE, SCORE, STRENGTHS, WEAKNESSES = range(8)
MOST_LETTERS = 5000


@dataclass(frozen=True)
class Given:
    """A score (None while undecided) and its grounds: on the portal, or in a row of a workbook."""

    value: Decimal | None
    strengths: str = ""
    weaknesses: str = ""


NOTHING = Given(None)


def key_of(assignment_pk: int, criterion_pk: int) -> str:
    """How a row of the workbook is known: `12-3`."""
    return f"{assignment_pk}-{criterion_pk}"


def given_in(score: Score | None) -> Given:
    """What is saved on the portal for one criterion; nothing yet where there is no score."""
    if score is None:
        return NOTHING
    return Given(score.value, plain(score.strengths), plain(score.weaknesses))


def plain(text: str) -> str:
    """A text as a sheet and a browser both write it, so that only words make a difference."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def mark_of(given: Given) -> str:
    """A short fingerprint of a row, by which a later change of it is seen."""
    value = "" if given.value is None else f"{given.value.normalize():f}"
    said = "\x1f".join([value, plain(given.strengths), plain(given.weaknesses)])
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def issued_facts(
    assessor: User, call: Call, assignments: list[Assignment], scores_sheet: str
) -> dict[str, Any]:
    """Whose file it is, of which call, and how each assessment stood: what is signed."""
    criteria = list(call.criteria.all())
    return {
        "assessor": assessor.pk,
        "call": call.pk,
        "call_version": call.version,
        "made_at": timezone.now().isoformat(),
        "sheet": scores_sheet,
        "assignments": {
            str(assignment.pk): {
                "version": assignment.assessment.version,
                "rows": {
                    str(criterion.pk): mark_of(given_in(given.get(criterion.pk)))
                    for criterion in criteria
                },
            }
            for assignment in assignments
            for given in [scores_of(assignment)]
        },
    }


def signed(issued: dict[str, Any]) -> str:
    """The facts with a signature that only the portal can make."""
    return signing.dumps(issued, salt=SALT, compress=True)


def scores_of(assignment: Assignment) -> dict[int, Score]:
    """The scores that are saved on the portal, by criterion id."""
    return {score.criterion_id: score for score in assignment.assessment.scores.all()}
