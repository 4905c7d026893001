"""The places near the line between who is selected and who is not, where people have to look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, Q

from conduct.queries.scoping import for_system
from vouchers.awards.models import Outcome
from vouchers.calls.models import Call, CountryQuota
from vouchers.scoring.ranking.models import StoredPlace
from vouchers.scoring.ranking.queries import ShownRanking


@dataclass(frozen=True)
class CountryEdge:
    """One country's places near the line, and how many more are ranked behind them.

    `vouchers` is how many can be given there; `tied` whether people must decide on a tie.
    """

    quota: CountryQuota
    vouchers: int
    places: list[StoredPlace]
    behind: int
    tied: bool


# So many of a country are decided in a row of their own, and of its reserve list at most so many.
_ROWS_AT_THE_EDGE = 60
_RESERVE_AT_THE_EDGE = 15


def edges_of(kept: ShownRanking, quotas: Iterable[CountryQuota]) -> list[CountryEdge]:
    """What must be looked at before a selection is proposed, from the kept ranking of a call.

    By country: who may be selected, who is tied, and who comes first on the reserve list; three
    queries a country, however many applications are ranked.
    """
    return [_edge(kept, quota) for quota in quotas if quota.vouchers > 0]


@for_system("the ranking of a whole call, for who proposes its selection")
def _edge(kept: ShownRanking, quota: CountryQuota) -> CountryEdge:
    ranked = StoredPlace.objects.filter(call=quota.call_id, country=quota.country_id)
    last = ranked.filter(suggested=Outcome.AWARD).aggregate(last=Max("position"))["last"] or 0
    near = Q(suggested=Outcome.AWARD) | Q(tied=True) | Q(position__lte=last + _RESERVE_AT_THE_EDGE)
    places = list(ranked.filter(near).select_related("application__cluster")[:_ROWS_AT_THE_EDGE])
    told = kept.figures_of(quota.country_id)
    return CountryEdge(
        quota,
        vouchers=told.get("vouchers", quota.vouchers),
        places=places,
        behind=max(0, told.get("ranked", 0) - len(places)),
        tied=ranked.filter(tied=True).exists(),
    )


@for_system("the ranking of a whole call, for who proposes its selection")
def ranked_behind(
    call: Call, edges: Iterable[CountryEdge], references: Iterable[str]
) -> dict[str, int]:
    """The ids of ranked applications without a row of their own, by the references that were typed."""
    shown = [place.pk for edge in edges for place in edge.places]
    found = StoredPlace.objects.filter(call=call, application__reference__in=set(references))
    pairs = found.exclude(pk__in=shown).values_list("application__reference", "application_id")
    return {reference: application for reference, application in pairs if reference}
