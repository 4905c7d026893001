"""The background work of this room: invitations to clusters that are mailed."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.actions.attempts import KILLED
from jobs.kinds import Rows, register_kind

from .tasks import CLUSTER_INVITATIONS, mail_cluster_invitation

register_kind(
    Rows(
        slug="cluster_invitations",
        title=_("Invitations to clusters"),
        queue="mail",
        conductor=CLUSTER_INVITATIONS,
        task=mail_cluster_invitation,
        # Of what the mail server refused its sender hears.
        needs_somebody=Q(last_error=KILLED),
    )
)
