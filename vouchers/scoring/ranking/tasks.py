"""Background work: rankings of large calls, and picking up those that were lost."""

from celery import shared_task

from jobs.actions.trouble import attempted, resting_keys
from vouchers.calls.models import Call
from vouchers.scoring.ranking.queries.stored import calls_with_outdated_ranking

from . import actions


@shared_task
def compute_ranking(call_id: int) -> None:
    """Compute the ranking of a call and store it."""
    attempted("rankings", call_id, lambda: actions.store_ranking(Call.objects.get(pk=call_id)))


@shared_task
def sweep_rankings() -> int:
    """Queue every stored ranking that is older than its scores; how many there were."""
    old = list(
        calls_with_outdated_ranking()
        .exclude(pk__in=resting_keys("rankings"))
        .values_list("pk", flat=True)
    )
    for call_id in old:
        compute_ranking.delay(call_id)
    return len(old)
