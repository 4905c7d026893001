"""The background work of this room: reminders of assessments."""

from django.utils.translation import gettext_lazy as _

from jobs.kinds import Errand, register_kind

register_kind(
    Errand(slug="assessment_reminders", title=_("Reminders of assessments"), queue="clock")
)
