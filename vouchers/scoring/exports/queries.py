"""What an export of a call's scoring holds, as its asker may see it.

Every table and the ranking are made from scores that were read once, so that one file never
contradicts itself. Only what is submitted or agreed is in it, and only of the countries whose scores
the person may read as a whole (`countries_ranked_for`): whoever owes an assessment, or is recused,
takes nothing of that country (design, rules 4 and 5).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from conduct.queries.scoping import for_system
from vouchers.applications.models import Application
from vouchers.calls.models import Call, Criterion
from vouchers.scoring.assessing.models import Assessment, Assignment, Consensus, Score
from vouchers.scoring.consensus.models import ConsensusScore
from vouchers.scoring.ranking.permissions import may_read_study
from vouchers.scoring.ranking.queries.ranking import CountryRanking, ranked_by_country
from vouchers.scoring.ranking.queries.stored import countries_ranked_for
from vouchers.scoring.rounds.queries import scoring_rules
from vouchers.scoring.rules.discrepancy import counted_sheets
from vouchers.scoring.rules.grid import ScoringRules, Sheet
from vouchers.scoring.rules.ranking import Ranked

from .models import ScoreExport

ASSESSMENT, THIRD, CONSENSUS = "assessment", "third_opinion", "consensus"

# So many exports are listed.
_NEWEST = 10


@dataclass(frozen=True)
class GivenSheet:
    """One score sheet with what an export says of it.

    `scores` and `grounds` (strengths, weaknesses) are by criterion id; `assessor` is the id of who
    gave them, 0 for a consensus, and `name` theirs or the rapporteur's. `counts` says whether the
    ranking rests on it, `number` tells it from the other sheets of its application.
    """

    application: int
    kind: str
    state: str
    assessor: int
    name: str
    scores: Mapping[int, Decimal]
    grounds: Mapping[int, tuple[str, str]]
    number: int = 0
    counts: bool = False

    @property
    def is_valid(self) -> bool:
        """Whether it was not undone by a conflict of interest that came to light."""
        return self.state in (Assignment.State.SCORED, Consensus.State.AGREED)

    def as_sheet(self) -> Sheet:
        """As the ranking takes it."""
        return Sheet(
            self.application,
            self.scores,
            self.assessor,
            is_third=self.kind == THIRD,
            agreed=self.kind == CONSENSUS,
        )


@dataclass(frozen=True)
class Export:
    """All that one export of a call holds, country by country, application by application.

    `left_out` counts the countries of the call whose scores the person may not see.
    """

    call: Call
    criteria: Sequence[Criterion]
    rules: ScoringRules
    rankings: Sequence[CountryRanking]
    applications: Mapping[int, Application]
    sheets: Sequence[GivenSheet]
    consensuses: Sequence[Consensus]
    left_out: int

    @property
    def countries(self) -> list[str]:
        """The codes of the countries that it is about."""
        return [ranking.quota.country_id for ranking in self.rankings]


def export_of(call: Call, *, seen_by: User) -> Export:
    """What the person may take of a call's scores; a constant number of queries."""
    rules = scoring_rules(call)
    given = [*_assessments(call), *_agreed(call)]
    everywhere = ranked_by_country(call, [one.as_sheet() for one in given if one.is_valid])
    seen = {quota.country_id for quota in countries_ranked_for(seen_by, [*call.quotas.all()])}
    rankings = [ranking for ranking in everywhere if ranking.quota.country_id in seen]
    applications = {
        application.pk: application
        for ranking in rankings
        for application in [*(found for _place, found in ranking.places), *ranking.unscored]
    }
    ranked = {place.application for ranking in rankings for place, _found in ranking.places}
    return Export(
        call=call,
        criteria=[*call.criteria.all()],
        rules=rules,
        rankings=rankings,
        applications=applications,
        sheets=[*_in_order(rules, given, applications, ranked)],
        consensuses=[
            *Consensus.objects.filter(application__in=applications)
            .select_related("application", "rapporteur")
            .order_by("application__country_id", "application__reference")
        ],
        left_out=len(everywhere) - len(rankings),
    )


@for_system("an export is of a whole call: its action judges who may have it")
def _assessments(call: Call) -> list[GivenSheet]:
    """The submitted assessments of the call, those that a conflict of interest undid too."""
    rows = (
        Score.objects.filter(
            assessment__state=Assessment.State.SUBMITTED,
            assessment__assignment__application__call=call,
        )
        .order_by("assessment_id")
        .values_list(
            "assessment_id",
            "assessment__assignment__application_id",
            "assessment__assignment__is_third",
            "assessment__assignment__state",
            "assessment__assignment__assessor_id",
            "assessment__assignment__assessor__full_name",
            "criterion_id",
            "value",
            "strengths",
            "weaknesses",
        )
    )
    return [
        _sheet(application, THIRD if is_third else ASSESSMENT, state, assessor, name, [*scores])
        for (_pk, application, is_third, state, assessor, name), scores in groupby(
            rows, key=lambda row: row[:6]
        )
    ]


@for_system("an export is of a whole call: its action judges who may have it")
def _agreed(call: Call) -> list[GivenSheet]:
    rows = (
        ConsensusScore.objects.filter(
            consensus__state=Consensus.State.AGREED, consensus__application__call=call
        )
        .order_by("consensus_id")
        .values_list(
            "consensus_id",
            "consensus__application_id",
            "consensus__rapporteur__full_name",
            "criterion_id",
            "value",
            "strengths",
            "weaknesses",
        )
    )
    return [
        _sheet(application, CONSENSUS, Consensus.State.AGREED, 0, name, [*scores])
        for (_pk, application, name), scores in groupby(rows, key=lambda row: row[:3])
    ]


def _sheet(
    application: int, kind: str, state: str, assessor: int, name: str, rows: list[tuple[Any, ...]]
) -> GivenSheet:
    """A sheet from rows that end in criterion, value, strengths and weaknesses."""
    return GivenSheet(
        application,
        kind,
        str(state),
        assessor,
        name,
        scores={row[-4]: row[-3] for row in rows},
        grounds={row[-4]: (row[-2], row[-1]) for row in rows},
    )


def _in_order(
    rules: ScoringRules,
    given: Sequence[GivenSheet],
    applications: Mapping[int, Application],
    ranked: set[int],
) -> Iterator[GivenSheet]:
    """The sheets of the applications, numbered, each with whether the ranking rests on it."""
    by_application: dict[int, list[GivenSheet]] = defaultdict(list)
    for one in given:
        by_application[one.application].append(one)
    order = sorted(
        applications.values(), key=lambda found: (found.country_id, found.reference or "", found.pk)
    )
    for application in order:
        own = by_application[application.pk]
        standing = {at: one.as_sheet() for at, one in enumerate(own) if one.is_valid}
        counted = counted_sheets(rules, [*standing.values()]) if application.pk in ranked else []
        for at, one in enumerate(own):
            counts = any(standing.get(at) is sheet for sheet in counted)
            yield replace(one, number=at + 1, counts=counts)


def exports_visible_to(user: User, call: Call) -> QuerySet[ScoreExport]:
    """The newest exports of a call: all of them for coordinators and auditors, for others their own."""
    made = ScoreExport.objects.filter(call=call).select_related("exported_by")
    if not may_read_study.test(user):
        made = made.filter(exported_by=user)
    return made[:_NEWEST]


def total_of(place: Ranked) -> Fraction:
    """The exact total of a place; `order` holds it after whether the application passes."""
    return -Fraction(place.order[1])


def points_of(rules: ScoringRules, place: Ranked) -> dict[int, Fraction]:
    """The exact points of a place by criterion id."""
    by_tie_break = sorted(rules.criteria, key=lambda rule: rule.tie_break_position)
    return {
        rule.id: -Fraction(points)
        for rule, points in zip(by_tie_break, place.order[2:], strict=True)
    }


def tie_breaks_of(rules: ScoringRules, places: Sequence[Ranked]) -> dict[int, list[int | None]]:
    """What parted each place from equal totals next to it, by application.

    The ids of criteria; None where nothing did, so that the place is shared.
    """
    by_tie_break = sorted(rules.criteria, key=lambda rule: rule.tie_break_position)
    used: dict[int, list[int | None]] = defaultdict(list)
    for _equal, group in groupby(places, key=lambda place: place.order[:2]):
        for one, other in pairwise(group):
            pairs = zip(by_tie_break, one.order[2:], other.order[2:], strict=True)
            parted = next((rule.id for rule, mine, theirs in pairs if mine != theirs), None)
            for application in (one.application, other.application):
                if parted not in used[application]:
                    used[application].append(parted)
    return used
