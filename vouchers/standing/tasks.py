"""Background work: judging where vouchers stand, and reminding of what is due."""

from celery import shared_task

from . import actions

# So many are judged in one run; a change of day asks for all of them.
_IN_ONE_RUN = 2000


@shared_task
def judge_vouchers() -> int:
    """Judge vouchers whose facts changed, or that were judged on another day; how many."""
    return actions.judge_outdated(_IN_ONE_RUN)


@shared_task
def remind_of_vouchers() -> int:
    """Write the reminders that are due; about how many vouchers."""
    return actions.remind_of_vouchers()
