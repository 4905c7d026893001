"""The background work of this room: surveys, their reminders, and the links that go with both."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from jobs.kinds import Errand, Rows, register_kind

from .tasks import LINKS, mail_survey_link

# What must happen on its day is tried again for good.
_STILL_TRIED = timedelta(minutes=15)

register_kind(
    Errand(
        slug="surveys",
        title=_("Follow-up surveys that are due"),
        queue="clock",
        retry_every=_STILL_TRIED,
    )
)
register_kind(
    Errand(
        slug="survey_mails",
        title=_("Reminders of follow-up surveys"),
        queue="clock",
        retry_every=_STILL_TRIED,
    )
)
register_kind(
    Rows(
        slug="survey-links",
        title=_("Personal links for follow-up surveys"),
        queue="mail",
        conductor=LINKS,
        task=mail_survey_link,
        since="issued_at",
    )
)
