"""Background work: sending notices, gathering them, and sending letters that were late."""

from celery import shared_task
from django.conf import settings

from jobs.actions.trouble import for_each
from notices import queries
from notices.actions import digests, sending


@shared_task
def send_notice(notice_id: str) -> None:
    sending.send_notice(notice_id)


@shared_task
def send_late_letters() -> int:
    """Send every letter that was made after its message; how many people were told."""
    # Here, and not above: the actions queue these tasks.
    from . import actions  # noqa: PLC0415

    return for_each(
        "late_letters",
        queries.with_late_letters(),
        lambda notice: bool(actions.send_late_letters(notice)),
    )


@shared_task
def read_bounces() -> int:
    """Take what mail servers reported of messages they could not deliver; how many reports were new."""
    # Here, and not above: the actions queue these tasks.
    from .actions.mailbox import read_mailbox  # noqa: PLC0415

    return read_mailbox(settings.BOUNCE_MAILBOX)["new"] if settings.BOUNCE_MAILBOX else 0


@shared_task
def gather_digests() -> int:
    """Write every gathered e-mail whose time has come; how many there were."""
    written = digests.gather_due_digests()
    for digest in written:
        send_notice.delay(str(digest.pk))
    return len(written)
