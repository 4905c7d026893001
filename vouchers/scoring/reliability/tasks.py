"""Background work: studies of rankings."""

from celery import shared_task

from . import actions


@shared_task
def study_ranking(study_id: int) -> None:
    """Compute one study."""
    actions.compute_study(study_id)
