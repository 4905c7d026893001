"""The background work of this room: invitations that are mailed."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.actions.attempts import KILLED
from jobs.kinds import Rows, register_kind

from .actions.mailing import INVITATIONS
from .tasks import mail_invitation

register_kind(
    Rows(
        slug="invitations",
        title=_("Invitations"),
        queue="mail",
        conductor=INVITATIONS,
        task=mail_invitation,
        # Of what the mail server refused its sender hears.
        needs_somebody=Q(last_error=KILLED),
    )
)
