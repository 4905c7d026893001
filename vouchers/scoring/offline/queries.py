"""Reads around the workbook: what goes into it, and what each returned row would change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.models import User
from inputs.rules.numbers import RATE, number_or_none
from vouchers.applications.models import Application
from vouchers.calls.models import Call, Criterion
from vouchers.scoring.assessing.models import Assessment, Assignment
from vouchers.scoring.assessing.queries.assignments import assignments_of
from vouchers.scoring.offline.letters.rows import (
    MOST_LETTERS,
    NOTHING,
    Given,
    given_in,
    key_of,
    mark_of,
    plain,
)

from .models import ReturnedWorkbook


def assignments_offline(user: User, call: Call) -> QuerySet[Assignment]:
    """What the person may score in a call without a line: declared free of conflicts, not scored."""
    return (
        assignments_of(user)
        .filter(
            application__call=call,
            application__state=Application.State.ELIGIBLE,
            state=Assignment.State.CLEARED,
        )
        .select_related("assessment")
        .prefetch_related("assessment__scores", "application__attachments")
        .order_by("application__reference")
    )


@dataclass
class WorkbookRow:
    """One row of the sheet: what is saved on the portal, what the row says, and what keeps it out."""

    number: int
    typed: dict[str, str]
    key: str = ""
    assignment: Assignment | None = None
    criterion: Criterion | None = None
    given: Given = NOTHING
    present: Given = NOTHING
    changes: bool = False
    # Changed on the portal as well since the download: the assessor says which of the two holds.
    clashes: bool = False
    problems: list[str] = field(default_factory=list)

    @property
    def is_valid(self) -> bool:
        """Whether it would change something, and may."""
        return self.changes and not self.problems

    @property
    def is_worth_a_look(self) -> bool:
        return self.changes or bool(self.problems)


def checked(returned: ReturnedWorkbook) -> list[WorkbookRow]:
    """Every row with what it would change and what is wrong with it; a constant number of queries."""
    call = returned.call
    criteria = {criterion.pk: criterion for criterion in call.criteria.all()}
    assignments = {
        assignment.pk: assignment for assignment in assignments_in(returned, returned.assessor)
    }
    seen: dict[str, int] = {}
    rows = []
    for typed in returned.rows:
        row = WorkbookRow(int(typed["number"]), typed)
        _recognise(row, returned.issued, assignments, criteria, seen)
        if row.assignment is not None and row.criterion is not None:
            _read(row, call)
            _compare(row, row.assignment, row.criterion, returned.issued)
        rows.append(row)
    return rows


def assignments_in(returned: ReturnedWorkbook, reader: User) -> Iterable[Assignment]:
    """The assignments that the workbook was made for, as they are now, those lost included."""
    return (
        Assignment.objects.filter(
            pk__in=[int(pk) for pk in returned.issued["assignments"]],
            assessor=reader,
            application__call=returned.call,
        )
        .select_related("application__cluster", "assessment")
        .prefetch_related("assessment__scores")
        .order_by("pk")
    )


def amended_since(returned: ReturnedWorkbook) -> bool:
    """Whether the call was amended after the download."""
    return returned.call.version != returned.issued["call_version"]


def _recognise(
    row: WorkbookRow,
    issued: dict[str, Any],
    assignments: dict[int, Assignment],
    criteria: dict[int, Criterion],
    seen: dict[str, int],
) -> None:
    """Find the assessment and the criterion of a row, where the person still scores there."""
    key = row.typed["key"]
    assignment_pk, _hyphen, criterion_pk = key.partition("-")
    rows_issued = issued["assignments"].get(assignment_pk, {}).get("rows", {})
    if criterion_pk not in rows_issued:
        row.problems.append(_("This row was not in the workbook that you downloaded."))
        return
    if key in seen:
        row.problems.append(
            _("The same row stands in row %(number)s of the sheet.") % {"number": seen[key]}
        )
        return
    seen[key] = row.number
    assignment = assignments.get(int(assignment_pk))
    criterion = criteria.get(int(criterion_pk))
    problem = _problem_with(assignment)
    if problem or criterion is None:
        row.problems.append(problem or _("This criterion is no longer scored."))
        return
    row.key, row.assignment, row.criterion = key, assignment, criterion


def _problem_with(assignment: Assignment | None) -> str:
    """Why nothing can be saved there any more."""
    state = assignment.state if assignment else Assignment.State.RELEASED
    if state == Assignment.State.CONFLICTED:
        return _(
            "You have declared a conflict of interest since; the application is closed to you."
        )
    if state == Assignment.State.SCORED:
        return _(
            "You have submitted your scores on the portal since. Take them up again there first."
        )
    if assignment is None or state != Assignment.State.CLEARED:
        return _("You are no longer asked to score this application.")
    if assignment.application.state != Application.State.ELIGIBLE:
        return _("This application is no longer being scored.")
    if assignment.assessment.state != Assessment.State.DRAFT:
        return _(
            "You have submitted your scores on the portal since. Take them up again there first."
        )
    return ""


def _read(row: WorkbookRow, call: Call) -> None:
    """Read the cells; what is wrong with one is said, and the row stays out."""
    texts = {name: plain(row.typed[name]) for name in ("strengths", "weaknesses")}
    for text in texts.values():
        if len(text) > MOST_LETTERS:
            row.problems.append(
                _("A text has %(letters)s letters; at most %(limit)s are allowed.")
                % {"letters": len(text), "limit": MOST_LETTERS}
            )
    row.given = Given(_score(row, call), **texts)


def _score(row: WorkbookRow, call: Call) -> Decimal | None:
    typed = row.typed["score"].strip()
    if not typed:
        return None
    value = number_or_none(typed, RATE)
    if value is None or not call.score_min <= value <= call.score_max or _is_between(value, call):
        row.problems.append(
            _("“%(typed)s” is not on the scale: from %(low)s to %(high)s in steps of %(step)s.")
            % {
                "typed": typed[:30],
                "low": number_format(call.score_min.normalize()),
                "high": number_format(call.score_max.normalize()),
                "step": number_format(call.score_step.normalize()),
            }
        )
        return None
    return value


def _is_between(value: Decimal, call: Call) -> bool:
    return bool((value - call.score_min) % call.score_step)


def _compare(
    row: WorkbookRow, assignment: Assignment, criterion: Criterion, issued: dict[str, Any]
) -> None:
    """Hold a row against the portal now, and both against what stood there at the download.

    What nobody touched in the workbook is left as it is on the portal, whatever changed there.
    """
    assessment = assignment.assessment
    given = {score.criterion_id: score for score in assessment.scores.all()}
    row.present = given_in(given.get(criterion.pk))
    downloaded = issued["assignments"][str(assignment.pk)]
    then = downloaded["rows"][str(criterion.pk)]
    mine, theirs = mark_of(row.given), mark_of(row.present)
    row.changes = mine not in (then, theirs)
    row.clashes = row.changes and theirs != then and assessment.version != downloaded["version"]


def keys_of(returned: ReturnedWorkbook) -> set[str]:
    """The keys of all rows that were in the workbook when it was downloaded."""
    return {
        key_of(int(assignment), int(criterion))
        for assignment, facts in returned.issued["assignments"].items()
        for criterion in facts["rows"]
    }


def missing_from(returned: ReturnedWorkbook) -> int:
    """How many rows were downloaded and did not come back; they stay as they are on the portal."""
    return len(keys_of(returned) - {typed["key"] for typed in returned.rows})


def workbooks_of(user: User) -> QuerySet[ReturnedWorkbook]:
    """The workbooks that the person has returned and not decided on yet."""
    return ReturnedWorkbook.objects.filter(assessor=user).select_related("call")
