"""Background work: mailing invitations, and picking up those that were lost."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from . import mails
from .models import Invitation

# Long enough for the task that was queued with the invitation to have had its turn.
PATIENCE = timedelta(minutes=1)


@shared_task
def mail_invitation(invitation_id: int) -> None:
    mails.send_invitation(invitation_id)


@shared_task
def sweep_invitations() -> int:
    """Queue again every standing invitation that nobody mailed; how many there were."""
    now = timezone.now()
    lost = Invitation.objects.filter(
        mailed_at=None,
        accepted_at=None,
        withdrawn_at=None,
        invited_at__lt=now - PATIENCE,
        expires_at__gt=now,
    ).values_list("pk", flat=True)
    for invitation_id in lost:
        mail_invitation.delay(invitation_id)
    return len(lost)
