"""The background work of this room: links and e-mails to providers at work."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from jobs.kinds import Errand, Rows, register_kind

from .tasks import LINKS, mail_at_work, mail_work_link

register_kind(
    Errand(
        slug="work_mails",
        title=_("E-mails to providers about their work"),
        queue="mail",
        patience=timedelta(seconds=30),
        max_attempts=8,
        task=mail_at_work,
    )
)
register_kind(
    Rows(
        slug="work-links",
        title=_("Personal links of providers at work"),
        queue="mail",
        conductor=LINKS,
        task=mail_work_link,
        since="issued_at",
    )
)
