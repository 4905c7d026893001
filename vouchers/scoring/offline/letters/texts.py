"""What there is to read in the workbook: how it works, the grid, and the applications."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.models import User
from documents.wording import instant
from vouchers.applications.models import Application
from vouchers.applications.queries import filled_form
from vouchers.applications.queries.filled_forms import Item
from vouchers.calls.models import Call, Criterion, Question
from vouchers.scoring.assessing.models import Assignment

ACCENT, _SOFT = "#123F8F", "#EFF3FB"
# A cell holds 32,767 letters; far fewer are seen at once, so long texts go over several rows.
_LETTERS_OF_A_CELL = 1500


def explanation_of(
    assessor: User, call: Call, assignments: list[Assignment]
) -> Iterator[tuple[object, dict[str, Any]]]:
    """The lines of the first sheet, each with its look."""
    head = {"bold": True, "font_color": ACCENT}
    yield call, {**head, "font_size": 16}
    yield (
        _("Scoring workbook of %(person)s, downloaded on %(instant)s.")
        % {"person": assessor, "instant": instant(timezone.now(), assessor.time_zone)},
        {},
    )
    yield _("How it works"), {**head, "font_size": 13}
    for line in _how_it_works():
        yield line, {}
    yield _("Until when"), {**head, "font_size": 13}
    for assignment in assignments:
        yield (
            _("%(application)s: until %(instant)s")
            % {
                "application": assignment.application,
                "instant": instant(assignment.due_at, assessor.time_zone),
            },
            {},
        )
    yield _("The scale"), {**head, "font_size": 13}
    yield scale_of(call), {}
    yield (
        _("An application also needs %(points)s points of 100 in total.")
        % {"points": number_format(call.total_threshold.normalize())},
        {},
    )
    for criterion in call.criteria.all():
        yield from _criterion(call, criterion)


def _how_it_works() -> list[str]:
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


def scale_of(call: Call) -> str:
    """The scale of the call in a sentence."""
    return _("Scores go from %(low)s to %(high)s in steps of %(step)s.") % {
        "low": number_format(call.score_min.normalize()),
        "high": number_format(call.score_max.normalize()),
        "step": number_format(call.score_step.normalize()),
    }


def _criterion(call: Call, criterion: Criterion) -> Iterator[tuple[object, dict[str, Any]]]:
    least = criterion.threshold * call.score_max / 100
    yield criterion, {"bold": True, "font_color": ACCENT}
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


def reading_of(
    application: Application, questions: list[Question]
) -> Iterator[tuple[object, dict[str, Any]]]:
    """What the cluster wrote, line by line, each with its look."""
    head = {"bold": True, "font_color": ACCENT}
    yield application.cluster, {**head, "font_size": 16}
    yield f"{application.reference} · {application.country}", {}
    for section in filled_form(application, questions=questions).sections:
        if section.shown:
            yield section.section.title, {**head, "font_size": 13, "bg_color": _SOFT}
        for item in section.shown:
            yield item.question.text, {"bold": True}
            for line in _lines(item):
                yield line, {}


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


def parts_of(text: str) -> Iterator[str]:
    """A text in pieces that a row can show: its paragraphs, long ones cut between words."""
    for paragraph in text.split("\n"):
        words, part = paragraph.split(" "), ""
        for word in words:
            if part and len(part) + len(word) >= _LETTERS_OF_A_CELL:
                yield part
                part = ""
            part = f"{part} {word}" if part else word[:32_000]
        yield part
