"""Background work: sending notices, and picking up those that were lost."""

from celery import shared_task

from . import sending


@shared_task
def send_notice(notice_id: str) -> None:
    sending.send_notice(notice_id)


@shared_task
def sweep_notices() -> int:
    """Queue again every pending notice whose task was lost or that waited; how many there were."""
    lost = sending.claim_due_notices()
    for notice_id in lost:
        send_notice.delay(str(notice_id))
    return len(lost)
