"""Writes of an assessor who works without a line: keeping a returned workbook, taking it over."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import Refused, action, judged
from vouchers.applications.models import Application
from vouchers.calls.models import Call
from vouchers.scoring.assessing.actions import ScoreInput, save_assessment
from vouchers.scoring.assessing.models import Assignment
from vouchers.scoring.rounds.actions import require_round_open

from .models import ReturnedWorkbook
from .permissions import may_use_workbook
from .queries import WorkbookRow, assignments_in, checked


@action(gettext_lazy("Scoring workbook uploaded"))
def keep_workbook(
    call: Call, *, file_name: str, issued: dict[str, Any], rows: list[dict[str, str]], by: User
) -> ReturnedWorkbook:
    """Keep a returned workbook until its rows are looked at; an earlier one of the person goes."""
    ReturnedWorkbook.objects.filter(call=call, assessor=by).delete()
    return ReturnedWorkbook.objects.create(
        call=call, assessor=by, file_name=file_name, issued=issued, rows=rows
    )


@action(gettext_lazy("Scores taken over from a workbook"))
def take_workbook_over(
    returned: ReturnedWorkbook, *, seen: Mapping[int, int], preferred: Collection[str], by: User
) -> int:
    """Save the valid rows as drafts, and forget the file; how many rows there were.

    Nothing is submitted. `seen` are the versions of the assessments (by assignment id) that the
    person compared the file with; `preferred` the keys of clashing rows in which the file holds.
    The rows are checked again. Raises Refused when one of the assessments was changed since the
    look, or when nothing can be taken over; TooLate once the scoring is closed.
    """
    returned = judged(returned, may_use_workbook, by=by)
    _lock_assignments(returned, by)
    require_round_open(returned.call)
    taken: dict[Assignment, list[WorkbookRow]] = {}
    for row in checked(returned):
        if row.is_valid and row.assignment and (not row.clashes or row.key in preferred):
            taken.setdefault(row.assignment, []).append(row)
    if not taken:
        raise Refused(_("No row of this workbook can be taken over."))
    for assignment, rows in taken.items():
        _require_unchanged(assignment, seen)
        save_assessment(
            assignment,
            {row.criterion.pk: _input(row) for row in rows if row.criterion},
            comment=assignment.assessment.comment,
            by=by,
        )
    returned.delete()
    return sum(len(rows) for rows in taken.values())


@action(gettext_lazy("Scoring workbook discarded"))
def discard_workbook(returned: ReturnedWorkbook, *, by: User) -> None:
    """Forget a returned workbook; no score is touched."""
    returned = judged(returned, may_use_workbook, by=by)
    returned.delete()


def _lock_assignments(returned: ReturnedWorkbook, by: User) -> None:
    """Lock what saving locks, in its order, so that nothing changes between check and save."""
    standing = list(assignments_in(returned, by))
    for model, keys in (
        (Application, {assignment.application_id for assignment in standing}),
        (Assignment, {assignment.pk for assignment in standing}),
    ):
        rows = model.objects.select_for_update(of=("self",), no_key=True)
        list(rows.filter(pk__in=keys).order_by("pk").values_list("pk"))


def _require_unchanged(assignment: Assignment, seen: Mapping[int, int]) -> None:
    if seen.get(assignment.pk) != assignment.assessment.version:
        raise Refused(
            _(
                "Your scores of %(application)s were changed on the portal while you looked. "
                "Please look at the rows once more."
            )
            % {"application": assignment.application}
        )


def _input(row: WorkbookRow) -> ScoreInput:
    return ScoreInput(row.given.value, row.given.strengths, row.given.weaknesses)
