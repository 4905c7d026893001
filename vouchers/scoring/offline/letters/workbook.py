"""The workbook with which an assessor scores without a line: what it holds, and writing it.

Whatever people typed is written as text, also where it begins with = + - or @, so that no program
takes it for a formula. Every sheet is locked but for the cells to fill in.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from accounts.models import User
from documents.wording import direction
from vouchers.applications.models import Application
from vouchers.calls.models import Call, Criterion
from vouchers.scoring.assessing.models import Assignment
from vouchers.scoring.offline.queries import assignments_offline
from vouchers.scoring.rounds.queries import steps_of

from .rows import (
    CLUSTER,
    CRITERION,
    GUIDANCE,
    HIDDEN,
    KEY,
    MOST_LETTERS,
    REFERENCE,
    SCORE,
    STRENGTHS,
    WEAKNESSES,
    Given,
    given_in,
    issued_facts,
    key_of,
    plain,
    scores_of,
    signed,
)
from .texts import ACCENT, explanation_of, parts_of, reading_of, scale_of

_SIGNATURE_OF_A_CELL = 30_000
_LINE, _INPUT = "#C9D2E3", "#FFFBE6"


def workbook_of(assessor: User, call: Call) -> bytes:
    """The .xlsx of a call for one assessor, in the active language."""
    # What all applications share of their call is read once.
    prefetch_related_objects([call], "criteria", "sections")
    assignments = list(assignments_offline(assessor, call))
    for assignment in assignments:
        assignment.application.call = call
    return _WorkbookWriter(assessor, call, assignments).write()


class _WorkbookWriter:
    """Writes one workbook, sheet by sheet."""

    def __init__(self, assessor: User, call: Call, assignments: list[Assignment]) -> None:
        self.assessor, self.call, self.assignments = assessor, call, assignments
        self.questions = list(call.questions.select_related("criterion"))
        self.content = BytesIO()
        # Nothing that is written becomes a formula or a link, whatever it begins with.
        self.book = Workbook(
            self.content,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        self.formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def write(self) -> bytes:
        self.book.set_properties({"title": _("Scoring workbook"), "author": "THE NEXT SOCIETY"})
        read_me = self._sheet(_("Read me"))
        scores = self._sheet(_("Scores"))
        self._explain(read_me)
        self._ask(scores)
        for assignment in self.assignments:
            self._show(assignment.application)
        self._identify(scores.get_name())
        self.book.close()
        return self.content.getvalue()

    def _sheet(self, name: str) -> Worksheet:
        """A locked sheet in the direction of the reader's language."""
        sheet = self.book.add_worksheet(name[:31])
        if get_language_bidi():
            sheet.right_to_left()
        sheet.protect("", {"format_columns": True, "format_rows": True})
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def _format(self, **look: Any) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(
                {
                    "text_wrap": True,
                    "valign": "top",
                    "font_name": "Calibri",
                    "font_size": 11,
                    **look,
                }
            )
        return self.formats[key]

    def _text(self, sheet: Worksheet, row: int, column: int, text: object, **look: Any) -> None:
        """Write a text as a text, in its own direction."""
        said = plain(str(text))
        reading = 2 if direction(said) == "rtl" else 1
        if said.startswith(("=", "+", "-", "@")):
            look["quote_prefix"] = True
        sheet.write_string(row, column, said, self._format(reading_order=reading, **look))

    def _explain(self, sheet: Worksheet) -> None:
        sheet.set_column(0, 0, 100)
        for row, (text, look) in enumerate(
            explanation_of(self.assessor, self.call, self.assignments)
        ):
            self._text(sheet, row, 0, text, **look)

    def _ask(self, sheet: Worksheet) -> None:
        """The sheet to fill in: one row for each application and criterion."""
        for column, width in enumerate([0, 20, 26, 28, 44, 9, 52, 52]):
            sheet.set_column(column, column, width, None, {"hidden": column == KEY})
        self._headings(sheet)
        row = 1
        for assignment in self.assignments:
            given = scores_of(assignment)
            for criterion in self.call.criteria.all():
                self._row(sheet, row, assignment, criterion, given_in(given.get(criterion.pk)))
                row += 1
        self._require_steps(sheet, last=max(row - 1, 1))
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.activate()

    def _headings(self, sheet: Worksheet) -> None:
        headings = [
            "#",
            _("Reference"),
            _("Cluster"),
            _("Criterion"),
            _("Guidance"),
            _("Score"),
            _("Strengths"),
            _("Weaknesses"),
        ]
        for column, heading in enumerate(headings):
            self._text(sheet, 0, column, heading, bold=True, bg_color=ACCENT, font_color="#FFFFFF")

    def _row(
        self,
        sheet: Worksheet,
        row: int,
        assignment: Assignment,
        criterion: Criterion,
        given: Given,
    ) -> None:
        application = assignment.application
        locked = {"border": 1, "border_color": _LINE}
        open_cell = {**locked, "locked": False, "bg_color": _INPUT}
        facts = {
            KEY: key_of(assignment.pk, criterion.pk),
            REFERENCE: application.reference,
            CLUSTER: application.cluster,
            CRITERION: criterion,
            GUIDANCE: criterion.guidance,
        }
        for column, text in facts.items():
            self._text(sheet, row, column, text, **locked)
        if given.value is None:
            sheet.write_blank(row, SCORE, None, self._format(align="center", **open_cell))
        else:
            sheet.write_number(
                row, SCORE, float(given.value), self._format(align="center", **open_cell)
            )
        for column, text in ((STRENGTHS, given.strengths), (WEAKNESSES, given.weaknesses)):
            # A cell of the kind “text”: what is typed there stays as it is, also “=…” and “1/2”.
            self._text(sheet, row, column, text, num_format="@", **open_cell)

    def _require_steps(self, sheet: Worksheet, *, last: int) -> None:
        """Let the score be one of the scale; the steps are numbers, which every locale reads."""
        count = len(list(steps_of(self.call)))
        sheet.data_validation(
            1,
            SCORE,
            last,
            SCORE,
            {
                "validate": "list",
                "source": f"={HIDDEN}!$B$1:$B${count}",
                "error_title": _("Not on the scale"),
                "error_message": scale_of(self.call)[:255],
            },
        )
        for column in (STRENGTHS, WEAKNESSES):
            sheet.data_validation(
                1,
                column,
                last,
                column,
                {
                    "validate": "length",
                    "criteria": "<=",
                    "value": MOST_LETTERS,
                    "error_title": _("Too long"),
                    "error_message": _("At most %(number)s letters, please.")
                    % {"number": MOST_LETTERS},
                },
            )

    def _show(self, application: Application) -> None:
        """A sheet with what the cluster wrote, to read."""
        sheet = self._sheet(str(application.reference))
        if application.language == "ar":
            sheet.right_to_left()
        sheet.set_column(0, 0, 110)
        row = 0
        for text, look in reading_of(application, self.questions):
            for part in parts_of(plain(str(text))):
                self._text(sheet, row, 0, part, **look)
                row += 1

    def _identify(self, scores_sheet: str) -> None:
        """The hidden sheet: identifiers, versions, the steps of the scale, and the signature."""
        issued = issued_facts(self.assessor, self.call, self.assignments, scores_sheet)
        sheet = self._sheet(HIDDEN)
        sheet.very_hidden()
        signature = signed(issued)
        cells = [
            signature[start : start + _SIGNATURE_OF_A_CELL]
            for start in range(0, len(signature), _SIGNATURE_OF_A_CELL)
        ]
        for row, cell in enumerate(cells):
            sheet.write_string(row, 0, cell)
        for row, step in enumerate(steps_of(self.call)):
            sheet.write_number(row, 1, float(step))
        sheet.write_number(0, 2, issued["call_version"])
        for row, (pk, facts) in enumerate(issued["assignments"].items()):
            sheet.write_string(row, 3, pk)
            sheet.write_number(row, 4, facts["version"])
