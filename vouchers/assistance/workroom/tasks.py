"""Background work: links of providers at work, what they are told, and what was lost of it."""

from __future__ import annotations

from celery import shared_task

from jobs.actions.trouble import attempted, resting_keys
from links.actions.mailing import MailingLinks

from .models import WorkLink
from .queries import never_sent

LINKS = MailingLinks(WorkLink)


@shared_task
def mail_work_link(link_id: int) -> None:
    LINKS.conduct(link_id)


@shared_task
def mail_at_work(mail_id: int) -> None:
    # The actions queue this task: imported above, each would wait for the other.
    from .actions.mailing import send_work_mail  # noqa: PLC0415

    attempted("work_mails", mail_id, lambda: send_work_mail(mail_id))


@shared_task
def sweep_work_mails() -> int:
    """Queue again every e-mail to a provider at work that nobody sent; how many there were."""
    resting = resting_keys("work_mails")
    lost = list(never_sent().exclude(pk__in=resting).values_list("pk", flat=True))
    for mail_id in lost:
        mail_at_work.delay(mail_id)
    return len(lost)
