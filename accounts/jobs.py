"""The background work of this room: invitations that are mailed."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from jobs.kinds import Errand, register_kind

from .tasks import mail_invitation

register_kind(
    Errand(
        slug="invitations",
        title=_("Invitations"),
        queue="mail",
        patience=timedelta(seconds=30),
        max_attempts=8,
        task=mail_invitation,
    )
)
