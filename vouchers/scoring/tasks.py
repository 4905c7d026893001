"""Background work: rankings and studies of large calls, and picking up those that were lost."""

from celery import shared_task

from jobs.trouble import attempted, resting_keys
from vouchers.calls.models import Call

from . import reminders, studies
from .storing import calls_with_old_ranking, keep_ranking


@shared_task
def compute_ranking(call_id: int) -> None:
    """Compute the ranking of a call and keep it."""
    attempted("rankings", call_id, lambda: keep_ranking(Call.objects.get(pk=call_id)))


@shared_task
def sweep_rankings() -> int:
    """Queue every kept ranking that is older than its scores; how many there were."""
    old = list(
        calls_with_old_ranking()
        .exclude(pk__in=resting_keys("rankings"))
        .values_list("pk", flat=True)
    )
    for call_id in old:
        compute_ranking.delay(call_id)
    return len(old)


@shared_task
def study_ranking(study_id: int) -> None:
    """Compute one study."""
    studies.conduct_study(study_id)


@shared_task
def sweep_studies() -> int:
    """Queue every study whose worker was lost; how many there were."""
    lost = studies.claim_due_studies()
    for study_id in lost:
        study_ranking.delay(study_id)
    return len(lost)


@shared_task
def remind_of_assessments() -> int:
    """Write the reminders of assessments that are due now; about how many."""
    return reminders.remind_of_assessments()
