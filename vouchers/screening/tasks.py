"""Background work on lists of sanctions and screenings."""

from __future__ import annotations

from celery import shared_task

from vouchers.screening.actions import reading, screening


@shared_task
def read_list(list_id: int) -> None:
    """Read an uploaded list."""
    reading.LISTS.conduct(list_id)


@shared_task
def screen_payees() -> None:
    """Screen whoever is due; what is left over is queued again at once."""
    if not screening.screen_due():
        screen_payees.delay()
