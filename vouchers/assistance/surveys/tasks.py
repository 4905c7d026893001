"""Background work: surveys are made and reminded of, and their links mailed."""

from __future__ import annotations

from celery import shared_task

from links.actions.mailing import MailingLinks

from .models import SurveyLink

LINKS = MailingLinks(SurveyLink)


@shared_task
def mail_survey_link(link_id: int) -> None:
    LINKS.conduct(link_id)


@shared_task
def follow_up() -> int:
    """Make the surveys that are due, and send the reminders of the day; how many."""
    # The actions queue the task above: imported with it, each would wait for the other.
    from .actions.making import mail_surveys, make_surveys  # noqa: PLC0415

    return make_surveys() + mail_surveys()
