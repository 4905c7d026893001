"""Background work: mailing codes. Each room mails its own links (`links.actions.mailing`)."""

from celery import shared_task

from links.actions import mailing as mails


@shared_task
def mail_link_code(code_id: int) -> None:
    mails.CODES.conduct(code_id)
