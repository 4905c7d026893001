"""What the ranking page shows: the stored ranking, computed anew where it is old."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from conduct.actions.queueing import queue_after_commit
from vouchers.applications.models import Application
from vouchers.calls.models import Call, CountryQuota
from vouchers.scoring.ranking import tasks
from vouchers.scoring.ranking.models import StoredRanking
from vouchers.scoring.ranking.queries.stored import ShownRanking, fingerprint, up_to_date

from .stored import store_ranking

# A call of so many applications is ranked while its page is asked for; a larger one by a worker.
AT_ONCE = 500
# A worker that was asked has so long before another is.
ASKED_AGAIN_AFTER = timedelta(seconds=30)


def shown_ranking(call: Call, quotas: Sequence[CountryQuota]) -> ShownRanking:
    """The stored ranking of a call whose quotas these are.

    An old one is computed anew at once where the call is small. Where it is large a worker is asked,
    and the old one is shown meanwhile.
    """
    run = StoredRanking.objects.filter(call=call).first()
    if up_to_date(run, rules_sha256=fingerprint(call, quotas)):
        return ShownRanking(run, current=True)
    if call.applications.exclude(state=Application.State.DRAFT).count() <= AT_ONCE:
        return ShownRanking(store_ranking(call), current=True)
    ask_for_ranking(call)
    return ShownRanking(run, current=False)


def ask_for_ranking(call: Call) -> None:
    """Ask a worker to compute the ranking, unless one was asked just now."""
    now = timezone.now()
    StoredRanking.objects.get_or_create(call=call)
    asked = StoredRanking.objects.filter(
        Q(asked_at=None) | Q(asked_at__lte=now - ASKED_AGAIN_AFTER), call=call
    ).update(asked_at=now)
    if asked:
        queue_after_commit(tasks.compute_ranking, call.pk)
