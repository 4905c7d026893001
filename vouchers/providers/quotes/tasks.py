"""Background work: links and e-mails to providers that are asked, and those that were lost."""

from __future__ import annotations

from celery import shared_task

from jobs.actions.trouble import attempted, resting_keys
from links.actions.mailing import MailingLinks

from .models import QuoteLink
from .queries.mails import never_sent

LINKS = MailingLinks(QuoteLink)


@shared_task
def mail_quote_link(link_id: int) -> None:
    LINKS.conduct(link_id)


@shared_task
def mail_provider(mail_id: int) -> None:
    # The actions queue this task: imported above, each would wait for the other.
    from .actions.mailing import send_quote_mail  # noqa: PLC0415

    attempted("quote_mails", mail_id, lambda: send_quote_mail(mail_id))


@shared_task
def sweep_quote_mails() -> int:
    """Queue again every e-mail to a provider that nobody sent; how many there were."""
    resting = resting_keys("quote_mails")
    lost = list(never_sent().exclude(pk__in=resting).values_list("pk", flat=True))
    for mail_id in lost:
        mail_provider.delay(mail_id)
    return len(lost)
