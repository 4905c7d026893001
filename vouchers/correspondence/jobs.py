"""The background work of this room: reminders of deadlines."""

from django.utils.translation import gettext_lazy as _

from jobs.kinds import Errand, register_kind

register_kind(Errand(slug="deadline_reminders", title=_("Reminders of deadlines"), queue="clock"))
