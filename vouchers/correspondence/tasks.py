"""Background work: reminding those with a draft of the deadline."""

from celery import shared_task

from . import actions


@shared_task
def remind_of_deadlines() -> int:
    """Write the reminders that are due; to how many drafts."""
    return actions.remind_of_deadlines()
