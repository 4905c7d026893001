"""The scores of a call for research, in which nobody can be recognised.

There are no names, references, e-mail addresses, texts or instants in it, nor who was awarded.
Applications and assessors bear numbers that are drawn anew for each export and kept nowhere, so that
they cannot be turned back, and two exports cannot be laid side by side. An assessor has another number
in each group of countries, so that nobody is known by the countries that they scored.

The rule of groups:

1.  A country is named only if at least FEWEST applications, FEWEST assessors and FEWEST vouchers are
    its own. Vouchers, because who was awarded is published: where a country gives one, its highest
    total would be that of a cluster whose name everybody knows.
2.  All other countries are one group, SEVERAL. If it is too small itself, the named country with the
    fewest applications joins it, and so on, until it is large enough or no country is named.
3.  If fewer than FEWEST assessors are left even so, no assessor has a number.
4.  If there are fewer than FEWEST applications or vouchers even so, there is no such export.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from conduct.actions import Refused
from exports.letters.archive import write_archive
from exports.rules.columns import Column, Table
from vouchers.scoring.exports.queries import Export, GivenSheet, total_of
from vouchers.scoring.rules.ranking import Ranked

from .scores import CRITERION, KINDS, criteria_table, rules_table

FEWEST = 5
SEVERAL = "several"

_RULES = (
    "score_min",
    "score_max",
    "score_step",
    "total_threshold",
    "discrepancy_limit",
    "assessors_required",
)


@dataclass(frozen=True)
class CountryCounts:
    """What there is in one country, or in several together."""

    applications: frozenset[int]
    assessors: frozenset[int]
    vouchers: int

    @property
    def hides(self) -> bool:
        """Whether nobody in it can be singled out."""
        return min(len(self.applications), len(self.assessors), self.vouchers) >= FEWEST


def together(found: Iterable[CountryCounts]) -> CountryCounts:
    """Several countries as one; an assessor of two counts once."""
    found = list(found)
    return CountryCounts(
        frozenset().union(*(one.applications for one in found)),
        frozenset().union(*(one.assessors for one in found)),
        sum(one.vouchers for one in found),
    )


def groups_of(found: Mapping[str, CountryCounts]) -> dict[str, str]:
    """What each country is called: its code, or SEVERAL. See the module's rule of groups."""
    named = sorted(
        (code for code, one in found.items() if one.hides),
        key=lambda code: (-len(found[code].applications), code),
    )
    while 0 < len(named) < len(found) and not _rest(found, named).hides:
        named.pop()
    return {code: code if code in named else SEVERAL for code in found}


def _rest(found: Mapping[str, CountryCounts], named: Sequence[str]) -> CountryCounts:
    return together(one for code, one in found.items() if code not in named)


def anonymised(export: Export) -> list[Table]:
    """The tables for research; raises Refused where there is too little to hide anybody in."""
    places = {
        place.application: (ranking.quota.country_id, place)
        for ranking in export.rankings
        for place, _application in ranking.places
    }
    sheets = [one for one in export.sheets if one.is_valid and one.application in places]
    found = _found_in(export, places, sheets)
    everything = together(found.values())
    if min(len(everything.applications), everything.vouchers) < FEWEST:
        raise Refused(
            _(
                "There are fewer than %(number)s ranked applications or vouchers: nobody could be "
                "hidden among so few."
            )
            % {"number": FEWEST}
        )
    groups = groups_of(found)
    group_of = {pk: groups[country] for pk, (country, _place) in places.items()}
    applications = _numbers("A", places)
    assessors: dict[Hashable, str] = {}
    if len(everything.assessors) >= FEWEST:
        assessors = _numbers(
            "P", {(group_of[one.application], one.assessor) for one in sheets if one.assessor}
        )
    # The criteria are named in English, whoever asks.
    with override("en"):
        return [
            rules_table(export, _RULES),
            criteria_table(export),
            _applications_table(places, group_of, applications),
            _scores_table(export, sheets, group_of, applications, assessors),
        ]


def write_anonymised(tables: Sequence[Table], file: IO[bytes]) -> None:
    """Write the tables as CSV in a ZIP, with a dictionary that states the rule of groups."""
    with override("en"):
        write_archive(tables, file, introduction=_INTRODUCTION)


def _found_in(
    export: Export, places: Mapping[int, tuple[str, Ranked]], sheets: Sequence[GivenSheet]
) -> dict[str, CountryCounts]:
    """What there is in each country that has a ranked application."""
    country_of = {pk: country for pk, (country, _place) in places.items()}
    return {
        code: CountryCounts(
            frozenset(pk for pk, country in country_of.items() if country == code),
            frozenset(
                one.assessor
                for one in sheets
                if one.assessor and country_of[one.application] == code
            ),
            ranking.quota.vouchers,
        )
        for ranking in export.rankings
        for code in [ranking.quota.country_id]
        if ranking.places
    }


def _numbers(letter: str, keys: Iterable[Hashable]) -> dict[Hashable, str]:
    """A number for each key, drawn by lot: which is whose is written nowhere."""
    drawn = list(keys)
    secrets.SystemRandom().shuffle(drawn)
    width = len(str(len(drawn)))
    return {key: f"{letter}{number:0{width}d}" for number, key in enumerate(drawn, start=1)}


_GROUP = Column("country", "", "ISO 3166 code of the country, or several: see the rule above")
_NUMBER = Column("application", "", "number of the application, drawn by lot for this file")


def _applications_table(
    places: Mapping[int, tuple[str, Ranked]],
    group_of: Mapping[int, str],
    applications: Mapping[Hashable, str],
) -> Table:
    rows = [
        (group_of[pk], applications[pk], total_of(place), place.passes, place.assessments)
        for pk, (_country, place) in places.items()
    ]
    return Table(
        "applications",
        [
            _GROUP,
            _NUMBER,
            Column("total", "", "points of 100 that the ranking rests on", decimals=2),
            Column("passes", "", "whether every threshold is reached"),
            Column("sheets", "", "how many score sheets count"),
        ],
        sorted(rows, key=lambda row: row[1]),
    )


def _scores_table(
    export: Export,
    sheets: Sequence[GivenSheet],
    group_of: Mapping[int, str],
    applications: Mapping[Hashable, str],
    assessors: Mapping[Hashable, str],
) -> Table:
    rows: list[tuple[Any, ...]] = [
        (
            group_of[one.application],
            applications[one.application],
            number,
            assessors.get((group_of[one.application], one.assessor), ""),
            one.kind,
            criterion.position,
            Fraction(one.scores[criterion.pk]),
            one.counts,
        )
        for one, number in _by_lot(sheets)
        for criterion in export.criteria
    ]
    return Table(
        "scores",
        [
            _GROUP,
            _NUMBER,
            Column("sheet", "", "number of the score sheet within its application, drawn by lot"),
            Column(
                "assessor",
                "",
                "number of the assessor within the group of countries, drawn by lot for this file; "
                f"empty for a consensus, and where there are fewer than {FEWEST} assessors in all",
            ),
            Column("kind", "", "assessment, third_opinion or consensus", words=KINDS),
            CRITERION,
            Column("score", "", "the score", decimals=2),
            Column("counts", "", "whether the ranking rests on it"),
        ],
        sorted(rows, key=lambda row: (row[1], row[2], row[5])),
    )


def _by_lot(sheets: Sequence[GivenSheet]) -> Iterator[tuple[GivenSheet, int]]:
    """The sheets with a number within their application that reveals nothing of their order."""
    drawn, numbers = list(sheets), Counter[int]()
    secrets.SystemRandom().shuffle(drawn)
    for one in drawn:
        numbers[one.application] += 1
        yield one, numbers[one.application]


_INTRODUCTION = f"""
Scores of one call for vouchers, for research. It holds no names, references, e-mail addresses, texts
or instants, and does not say who was awarded.

Numbers of applications and assessors are drawn by lot for each export and kept nowhere: they hold
within this file, and cannot be turned back. An assessor has another number in each group of countries.

Countries. A country is named where its own are at least {FEWEST} ranked applications, {FEWEST} assessors
and {FEWEST} vouchers (vouchers, since who was awarded is published). All others are one group, "several";
if that is too small itself, the named country with the fewest applications joins it, and so on. Where
fewer than {FEWEST} assessors scored in all, assessors have no numbers.

What remains: who gave scores, or was told the scores of an application, may recognise these rows. Do not
try to find out who is who, and do not join this file with others for that.

All files are UTF-8. Only ranked applications are in it: those that as many assessors scored as the call
asks for. Scores that a conflict of interest undid are left out.
"""
