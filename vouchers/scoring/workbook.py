"""The workbook with which an assessor scores without a line: what stands in it, and writing it.

Whatever people typed is written as text, also where it begins with = + - or @, so that no program
takes it for a formula. Every sheet is locked but for the cells to fill in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.core import signing
from django.db.models import QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from accounts.models import User
from documents.wording import direction, instant
from vouchers.applications.models import Application
from vouchers.applications.queries import filled_form
from vouchers.applications.queries.filled_forms import Item
from vouchers.calls.models import Call, Criterion

from .models import Assignment, Score, ScoringRound
from .queries import assignments_of

SALT = "scoring.workbook"
# The names of the sheets are part of what is signed, since they stand in the reader's language.
HIDDEN = "portal"
KEY, REFERENCE, CLUSTER, CRITERION, GUIDANCE, SCORE, STRENGTHS, WEAKNESSES = range(8)
MOST_LETTERS = 5000
# A cell holds 32,767 letters; far fewer are seen at once, so long texts go over several rows.
_LETTERS_OF_A_CELL = 1500
_SIGNATURE_OF_A_CELL = 30_000
_ACCENT, _SOFT, _LINE, _INPUT = "#123F8F", "#EFF3FB", "#C9D2E3", "#FFFBE6"


@dataclass(frozen=True)
class Given:
    """A score (None while undecided) and its grounds: on the portal, or in a row of a workbook."""

    value: Decimal | None
    strengths: str = ""
    weaknesses: str = ""


NOTHING = Given(None)


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


def calls_offline(user: User) -> QuerySet[Call]:
    """The calls in which the person has something to score without a line."""
    return Call.objects.filter(
        pk__in=assignments_of(user)
        .filter(state=Assignment.State.CLEARED, application__state=Application.State.ELIGIBLE)
        .order_by()
        .values("application__call")
    ).exclude(scoring_round__state=ScoringRound.State.CLOSED)


def steps_of(call: Call) -> Iterator[Decimal]:
    """Every score that the call's scale has, from the lowest."""
    value = call.score_min
    while value <= call.score_max:
        yield value
        value += call.score_step


def key_of(assignment_pk: int, criterion_pk: int) -> str:
    """How a row of the workbook is known: `12-3`."""
    return f"{assignment_pk}-{criterion_pk}"


def given_in(score: Score | None) -> Given:
    """What stands on the portal for one criterion; nothing yet where there is no score."""
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
            for given in [_scores_of(assignment)]
        },
    }


def signed(issued: dict[str, Any]) -> str:
    """The facts with a signature that only the portal can make."""
    return signing.dumps(issued, salt=SALT, compress=True)


def workbook_of(assessor: User, call: Call) -> bytes:
    """The .xlsx of a call for one assessor, in the active language."""
    # What all applications share of their call is read once.
    prefetch_related_objects([call], "criteria", "sections")
    assignments = list(assignments_offline(assessor, call))
    for assignment in assignments:
        assignment.application.call = call
    return _Writer(assessor, call, assignments).write()


def _scores_of(assignment: Assignment) -> dict[int, Score]:
    return {score.criterion_id: score for score in assignment.assessment.scores.all()}


class _Writer:
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
        for row, (text, look) in enumerate(self._explanation()):
            self._text(sheet, row, 0, text, **look)

    def _explanation(self) -> Iterator[tuple[object, dict[str, Any]]]:
        """The lines of the first sheet, each with its look."""
        head = {"bold": True, "font_color": _ACCENT}
        yield self.call, {**head, "font_size": 16}
        yield (
            _("Scoring workbook of %(person)s, downloaded on %(instant)s.")
            % {"person": self.assessor, "instant": self._instant(timezone.now())},
            {},
        )
        yield _("How it works"), {**head, "font_size": 13}
        for line in self._how_it_works():
            yield line, {}
        yield _("Until when"), {**head, "font_size": 13}
        for assignment in self.assignments:
            yield (
                _("%(application)s: until %(instant)s")
                % {
                    "application": assignment.application,
                    "instant": self._instant(assignment.due_at),
                },
                {},
            )
        yield _("The scale"), {**head, "font_size": 13}
        yield self._scale(), {}
        yield (
            _("An application also needs %(points)s points of 100 in total.")
            % {"points": number_format(self.call.total_threshold.normalize())},
            {},
        )
        for criterion in self.call.criteria.all():
            yield from self._criterion(criterion)

    def _how_it_works(self) -> list[str]:
        return [
            _("1. Read the applications: each has a sheet of its own, named after its reference."),
            _(
                "2. Fill in the sheet “Scores”: a score, strengths and weaknesses for each "
                "criterion. Only the yellow cells can be changed. Leave open what you have not "
                "decided yet."
            ),
            _(
                "3. Upload the file on the portal. You see what would change, row by row, before "
                "anything is saved."
            ),
            _(
                "4. What you confirm is saved as a draft. Look at it once more on the portal, and "
                "submit it there: the file never submits anything by itself."
            ),
            _("Attached files are not in this workbook; they stand on the portal."),
            _(
                "This file is yours alone, and confidential. Keep it where nobody else reads it, "
                "and delete it when you have submitted your scores."
            ),
        ]

    def _scale(self) -> str:
        return _("Scores go from %(low)s to %(high)s in steps of %(step)s.") % {
            "low": number_format(self.call.score_min.normalize()),
            "high": number_format(self.call.score_max.normalize()),
            "step": number_format(self.call.score_step.normalize()),
        }

    def _criterion(self, criterion: Criterion) -> Iterator[tuple[object, dict[str, Any]]]:
        least = criterion.threshold * self.call.score_max / 100
        yield criterion, {"bold": True, "font_color": _ACCENT}
        yield (
            _(
                "Weight: %(weight)s of 100. Threshold: %(least)s. A score below it needs both "
                "strengths and weaknesses."
            )
            % {
                "weight": number_format(criterion.weight.normalize()),
                "least": number_format(least.normalize()),
            },
            {},
        )
        for text in (str(criterion.guidance), str(criterion.anchors)):
            for line in filter(None, text.splitlines()):
                yield line, {}

    def _instant(self, moment: Any) -> str:
        return instant(moment, self.assessor.time_zone)

    def _ask(self, sheet: Worksheet) -> None:
        """The sheet to fill in: one row for each application and criterion."""
        for column, width in enumerate([0, 20, 26, 28, 44, 9, 52, 52]):
            sheet.set_column(column, column, width, None, {"hidden": column == KEY})
        self._headings(sheet)
        row = 1
        for assignment in self.assignments:
            given = _scores_of(assignment)
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
            self._text(sheet, 0, column, heading, bold=True, bg_color=_ACCENT, font_color="#FFFFFF")

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
        """Let the score be one of the scale; the steps stand as numbers, which every locale reads."""
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
                "error_message": self._scale()[:255],
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
        for text, look in self._reading(application):
            for part in _parts(plain(str(text))):
                self._text(sheet, row, 0, part, **look)
                row += 1

    def _reading(self, application: Application) -> Iterator[tuple[object, dict[str, Any]]]:
        head = {"bold": True, "font_color": _ACCENT}
        yield application.cluster, {**head, "font_size": 16}
        yield f"{application.reference} · {application.country}", {}
        for section in filled_form(application, questions=self.questions).sections:
            if section.shown:
                yield section.section.title, {**head, "font_size": 13, "bg_color": _SOFT}
            for item in section.shown:
                yield item.question.text, {"bold": True}
                for line in _lines(item):
                    yield line, {}

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


def _lines(item: Item) -> Iterator[str]:
    """An answer as a person reads it, line by line."""
    if not item.is_filled:
        yield _("Not answered.")
    elif item.attachments:
        for attachment in item.attachments:
            yield _("Attached on the portal: %(name)s") % {"name": attachment.name}
    elif item.columns:
        for line in item.labelled_lines:
            yield " · ".join(f"{column.label}: {text}" for column, text in line if text)
        if item.total is not None:
            yield f"{_('Total')}: {number_format(item.total, 2, force_grouping=True)} EUR"
    else:
        yield item.reading


def _parts(text: str) -> Iterator[str]:
    """A text in pieces that a row can show: its paragraphs, long ones cut between words."""
    for paragraph in text.split("\n"):
        words, part = paragraph.split(" "), ""
        for word in words:
            if part and len(part) + len(word) >= _LETTERS_OF_A_CELL:
                yield part
                part = ""
            part = f"{part} {word}" if part else word[:32_000]
        yield part
