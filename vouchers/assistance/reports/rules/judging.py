"""What keeps a report from being sent, row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from .parts import Aim, PartOfReport, ReachedValue, ReportContent, ReportProblem

MOST_MEMBERS = 1_000_000
MOST_VALUE = Decimal(10) ** 15
LONGEST_TEXT = 10_000
# The longest text that a column bears, in characters.
LONGEST = {"note": 2000, "evidence": 2000, "caption": 300, "credit": 300, "alternative": 500}


def problems_of(
    content: ReportContent,
    aims: Sequence[Aim],
    *,
    attached: Collection[str] = (),
    pictures: Sequence[str] = (),
) -> list[ReportProblem]:
    """All that must be mended before the report can be sent.

    `attached` are the keys of the aims of which a file shows the value, `pictures` those of the
    pictures that are there.
    """
    return [
        *_texts(content),
        *_members(content),
        *(
            problem
            for aim in aims
            for problem in _reached(aim, content.indicators.get(aim.key), attached)
        ),
        *_rating(content),
        *(problem for key in pictures for problem in _picture(content, key)),
    ]


def without_repeats(problems: Sequence[ReportProblem]) -> list[ReportProblem]:
    """One problem for each cell: that a number is missing goes without saying where it is none."""
    said: set[tuple[PartOfReport, str, str]] = set()
    kept = []
    for problem in problems:
        place = (problem.part, problem.key, problem.column)
        if place not in said:
            said.add(place)
            kept.append(problem)
    return kept


def _texts(content: ReportContent) -> Iterator[ReportProblem]:
    for part, column in (
        (PartOfReport.TOLD, "summary"),
        (PartOfReport.TOLD, "story"),
        (PartOfReport.BROUGHT, "results"),
        (PartOfReport.BROUGHT, "lessons"),
        (PartOfReport.PROVIDER, "provider_words"),
    ):
        text = getattr(content, column)
        if not text and column in ("summary", "results"):
            yield ReportProblem("missing", part, "", column)
        elif len(text) > LONGEST_TEXT:
            yield ReportProblem("too_long", part, "", column, {"most": LONGEST_TEXT})


def _members(content: ReportContent) -> Iterator[ReportProblem]:
    part = PartOfReport.BROUGHT
    for column in ("members_reached", "women_reached"):
        value = getattr(content, column)
        if value is None:
            yield ReportProblem("missing", part, "", column)
        elif value < 0:
            yield ReportProblem("negative", part, "", column)
        elif value > MOST_MEMBERS:
            yield ReportProblem("too_large", part, "", column)
    if (content.women_reached or 0) > (content.members_reached or 0) >= 0:
        yield ReportProblem("more_than_all", part, "", "women_reached")


def _reached(
    aim: Aim, reached: ReachedValue | None, attached: Collection[str]
) -> Iterator[ReportProblem]:
    part = PartOfReport.INDICATORS
    found = reached or ReachedValue(aim.key)
    if found.value is None:
        yield ReportProblem("no_value", part, aim.key, "value", {"name": aim.name})
    elif found.value < 0 and aim.baseline >= 0 and aim.target >= 0:
        yield ReportProblem("negative", part, aim.key, "value")
    elif abs(found.value) >= MOST_VALUE:
        yield ReportProblem("too_large", part, aim.key, "value")
    if not found.evidence and aim.key not in attached:
        yield ReportProblem("no_evidence", part, aim.key, "evidence", {"name": aim.name})
    yield from _too_long(part, found, "note", "evidence")


def _rating(content: ReportContent) -> Iterator[ReportProblem]:
    part = PartOfReport.PROVIDER
    if content.satisfaction is None:
        yield ReportProblem("no_rating", part, "", "satisfaction")
    elif not 1 <= content.satisfaction <= 5:
        yield ReportProblem("rating_range", part, "", "satisfaction")


def _picture(content: ReportContent, key: str) -> Iterator[ReportProblem]:
    part = PartOfReport.PICTURES
    words = content.pictures.get(key)
    for column in ("caption", "credit", "alternative"):
        if words is None or not getattr(words, column):
            yield ReportProblem("missing", part, key, column)
    if words is not None:
        yield from _too_long(part, words, "caption", "credit", "alternative")


def _too_long(part: PartOfReport, row: object, *columns: str) -> Iterator[ReportProblem]:
    for column in columns:
        if len(getattr(row, column)) > LONGEST[column]:
            key = getattr(row, "key", "")
            yield ReportProblem("too_long", part, key, column, {"most": LONGEST[column]})
