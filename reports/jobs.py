"""The background work of this room: reports that fall due by a schedule."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from jobs.kinds import Errand, Rows, register_kind

from .actions.preparing import REPORTS
from .tasks import prepare_report

# What must happen on its day is tried again for good.
_STILL_TRIED = timedelta(minutes=15)

register_kind(
    Errand(
        slug="report_schedules",
        title=_("Reports that fall due by a schedule"),
        queue="clock",
        retry_every=_STILL_TRIED,
    )
)
register_kind(
    Errand(
        slug="report_mails",
        title=_("Telling people of scheduled reports"),
        queue="clock",
        retry_every=_STILL_TRIED,
    )
)
register_kind(
    Rows(
        slug="scheduled-reports",
        title=_("Scheduled reports"),
        queue="heavy",
        conductor=REPORTS,
        task=prepare_report,
        since="laid_at",
    )
)
