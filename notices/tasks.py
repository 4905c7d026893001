"""Background work: sending notices, gathering them, and picking up those that were lost."""

from celery import shared_task

from jobs.trouble import for_each

from . import digests, queries, sending


@shared_task
def send_notice(notice_id: str) -> None:
    sending.send_notice(notice_id)


@shared_task
def sweep_notices() -> int:
    """Queue again every pending notice whose task was lost or that waited; how many there were."""
    lost = sending.claim_due_notices()
    for notice_id in lost:
        send_notice.delay(str(notice_id))
    # Here, and not above: the actions queue these tasks.
    from .actions import send_late_letters

    for_each(
        "late_letters", queries.with_late_letters(), lambda notice: bool(send_late_letters(notice))
    )
    return len(lost)


@shared_task
def gather_digests() -> int:
    """Write every gathered e-mail whose time has come; how many there were."""
    written = digests.gather_due_digests()
    for digest in written:
        send_notice.delay(str(digest.pk))
    return len(written)
