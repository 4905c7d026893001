"""What the ranking page shows: the kept ranking, computed anew where it is old."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.permissions import is_auditor, is_coordinator
from records.queueing import queue_after_commit
from vouchers.applications.models import Application, Recusal
from vouchers.calls.models import Call, CountryQuota

from .models import Assignment, Place, RankingRun
from .storing import fingerprint, keep_ranking, up_to_date
from .tasks import compute_ranking

# A call of so many applications is ranked while its page is asked for; a larger one by a worker.
AT_ONCE = 500
# A worker that was asked has so long before another is.
PATIENCE = timedelta(seconds=30)


@dataclass(frozen=True)
class KeptRanking:
    """The ranking as it is kept, and whether it is that of the scores as they are."""

    run: RankingRun | None
    current: bool

    def told_of(self, country: str) -> dict[str, Any]:
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


def kept_ranking(call: Call, quotas: Sequence[CountryQuota]) -> KeptRanking:
    """The kept ranking of a call whose quotas these are.

    An old one is computed anew at once where the call is small. Where it is large a worker is asked,
    and the old one is shown meanwhile.
    """
    run = RankingRun.objects.filter(call=call).first()
    if up_to_date(run, rules_sha256=fingerprint(call, quotas)):
        return KeptRanking(run, current=True)
    if call.applications.exclude(state=Application.State.DRAFT).count() <= AT_ONCE:
        return KeptRanking(keep_ranking(call), current=True)
    ask_for_ranking(call)
    return KeptRanking(run, current=False)


def ask_for_ranking(call: Call) -> None:
    """Ask a worker to compute the ranking, unless one was asked just now."""
    now = timezone.now()
    RankingRun.objects.get_or_create(call=call)
    asked = RankingRun.objects.filter(
        Q(asked_at=None) | Q(asked_at__lte=now - PATIENCE), call=call
    ).update(asked_at=now)
    if asked:
        queue_after_commit(compute_ranking, call.pk)


def places_of(call: Call, country: str) -> QuerySet[Place]:
    """The kept places of one country in order, with what a list shows of the applications."""
    return Place.objects.filter(call=call, country=country).select_related("application__cluster")


def waiting_in(kept: KeptRanking, country: str) -> QuerySet[Application]:
    """A few of the applications that are not scored by enough assessors, by reference."""
    return (
        Application.objects.filter(pk__in=kept.told_of(country).get("waiting", []))
        .select_related("cluster")
        .order_by("reference")
    )
