"""Background work: studies of rankings, and picking up those that were lost."""

from celery import shared_task

from . import actions


@shared_task
def study_ranking(study_id: int) -> None:
    """Compute one study."""
    actions.compute_study(study_id)


@shared_task
def sweep_studies() -> int:
    """Queue every study whose worker was lost; how many there were."""
    lost = actions.lost_studies()
    for study_id in lost:
        study_ranking.delay(study_id)
    return len(lost)
