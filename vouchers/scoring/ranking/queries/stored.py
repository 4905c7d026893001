"""Reads of the ranking that is stored for its page: whose it is to see, and whether it is old."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from accounts.permissions import is_auditor, is_coordinator
from conduct.queries.scoping import for_system
from vouchers.applications.models import Application, Recusal
from vouchers.calls.models import Call, CountryQuota
from vouchers.scoring.assessing.models import Assignment
from vouchers.scoring.ranking.models import OutdatedRanking, StoredPlace, StoredRanking
from vouchers.scoring.rounds.queries import scoring_rules

# Raised with each change of the ranking's specification: what was computed before is then old.
SPECIFICATION = 1


def fingerprint(call: Call, quotas: Iterable[CountryQuota]) -> str:
    """SHA-256 of all that a ranking follows from but the scores."""
    facts = {
        "specification": SPECIFICATION,
        "rules": asdict(scoring_rules(call)),
        "assessors": call.assessors_required,
        "unfilled": call.unfilled_quota,
        "quotas": sorted((quota.country_id, quota.vouchers) for quota in quotas),
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()


def up_to_date(run: StoredRanking | None, *, rules_sha256: str) -> bool:
    """Whether the stored ranking is that of the scores, rules and quotas as they are; one query."""
    return (
        run is not None
        and run.computed_at is not None
        and run.rules_sha256 == rules_sha256
        and not OutdatedRanking.objects.filter(call=run.call_id).exists()
    )


@for_system("background work computes rankings")
def calls_with_outdated_ranking() -> QuerySet[Call]:
    """The calls whose stored ranking is older than their scores."""
    return Call.objects.filter(pk__in=OutdatedRanking.objects.values("call"))


def quotas_of(call: Call) -> QuerySet[CountryQuota]:
    """The quotas of the countries that have vouchers to give."""
    return call.quotas.filter(vouchers__gt=0)


@dataclass(frozen=True)
class ShownRanking:
    """The ranking as it is stored, and whether it is that of the scores as they are."""

    run: StoredRanking | None
    current: bool

    def figures_of(self, country: str) -> dict[str, Any]:
        """How many are ranked, pass and wait there; nothing before a first computation."""
        return self.run.countries.get(country, {}) if self.run else {}


def countries_ranked_for(user: User, quotas: Sequence[CountryQuota]) -> list[CountryQuota]:
    """Of the quotas of one call: those of the countries whose scores the person may read.

    Coordinators and auditors read all; officers their own country's once they owe no assessment in
    the call (design, rule 5). A conflict of interest hides the country of the application.
    """
    if not quotas:
        return []
    everywhere = is_coordinator.test(user) or is_auditor.test(user)
    own = {"application__call": quotas[0].call_id}
    owed = Assignment.objects.filter(
        assessor=user, state__in=[Assignment.State.ASSIGNED, Assignment.State.CLEARED], **own
    ).values_list("application__country", flat=True)
    recused = Recusal.objects.filter(person=user, **own).values_list(
        "application__country", flat=True
    )
    hidden = {*owed.union(recused)}
    return [
        quota
        for quota in quotas
        if (everywhere or quota.country_id in user.officer_countries)
        and quota.country_id not in hidden
    ]


@for_system("a stored ranking: the page has found which countries the person reads")
def places_of(call: Call, country: str) -> QuerySet[StoredPlace]:
    """The stored places of one country in order, with what a list shows of the applications."""
    return StoredPlace.objects.filter(call=call, country=country).select_related(
        "application__cluster"
    )


@for_system("a stored ranking: the page has found which countries the person reads")
def waiting_in(kept: ShownRanking, country: str) -> QuerySet[Application]:
    """A few of the applications that are not scored by enough assessors, by reference."""
    return (
        Application.objects.filter(pk__in=kept.figures_of(country).get("waiting", []))
        .select_related("cluster")
        .order_by("reference")
    )
