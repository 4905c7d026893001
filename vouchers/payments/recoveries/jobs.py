"""The background work of this room: finance is told what is overdue."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from jobs.kinds import Errand, register_kind

register_kind(
    Errand(
        slug="recovery_reminders",
        title=_("Recoveries that are overdue"),
        queue="clock",
        retry_every=timedelta(minutes=15),
    )
)
