"""Background work: what payees are told, and what was lost of it."""

from __future__ import annotations

from celery import shared_task

from jobs.actions.trouble import attempted, resting_keys

from .queries import never_sent


@shared_task
def mail_payee(mail_id: int) -> None:
    # The actions queue this task: imported above, each would wait for the other.
    from .actions.mailing import send_payee_mail  # noqa: PLC0415

    attempted("payee_mails", mail_id, lambda: send_payee_mail(mail_id))


@shared_task
def sweep_payee_mails() -> int:
    """Queue again every e-mail to a payee that nobody sent; how many there were."""
    resting = resting_keys("payee_mails")
    lost = list(never_sent().exclude(pk__in=resting).values_list("pk", flat=True))
    for mail_id in lost:
        mail_payee.delay(mail_id)
    return len(lost)
