"""Background work: mailing invitations to clusters, and picking up those that were lost."""

from datetime import timedelta

from celery import shared_task
from django.core.mail import EmailMessage
from django.utils import timezone

from accounts.mails import offer_message, send_offer

from .models import RepresentativeInvitation

# Long enough for the task that was queued with the invitation to have had its turn.
PATIENCE = timedelta(minutes=1)


@shared_task
def mail_cluster_invitation(invitation_id: int) -> None:
    send_offer(RepresentativeInvitation, invitation_id, _message)


@shared_task
def sweep_cluster_invitations() -> int:
    """Queue again every standing invitation that nobody mailed; how many there were."""
    now = timezone.now()
    lost = RepresentativeInvitation.objects.filter(
        mailed_at=None,
        accepted_at=None,
        withdrawn_at=None,
        invited_at__lt=now - PATIENCE,
        expires_at__gt=now,
    ).values_list("pk", flat=True)
    for invitation_id in lost:
        mail_cluster_invitation.delay(invitation_id)
    return len(lost)


def _message(invitation: RepresentativeInvitation) -> EmailMessage:
    return offer_message(
        invitation, page="clusters:invitation", templates="clusters/mails/invitation"
    )
