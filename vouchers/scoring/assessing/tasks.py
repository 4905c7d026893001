"""Background work: reminders of assessments."""

from celery import shared_task

from . import actions


@shared_task
def remind_of_assessments() -> int:
    """Write the reminders of assessments that are due now; about how many."""
    return actions.remind_of_assessments()
