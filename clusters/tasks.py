"""Background work: mailing invitations to clusters, and picking up those that were lost."""

from celery import shared_task
from django.core.mail import EmailMessage

from accounts.mails import offer_message, send_offer
from accounts.queries import never_mailed
from jobs.trouble import attempted, resting_keys

from .models import RepresentativeInvitation


@shared_task
def mail_cluster_invitation(invitation_id: int) -> None:
    attempted(
        "cluster_invitations",
        invitation_id,
        lambda: send_offer(RepresentativeInvitation, invitation_id, _message),
    )


@shared_task
def sweep_cluster_invitations() -> int:
    """Queue again every standing invitation that nobody mailed; how many there were."""
    resting = resting_keys("cluster_invitations")
    lost = (
        never_mailed(RepresentativeInvitation).exclude(pk__in=resting).values_list("pk", flat=True)
    )
    for invitation_id in lost:
        mail_cluster_invitation.delay(invitation_id)
    return len(lost)


def _message(invitation: RepresentativeInvitation) -> EmailMessage:
    return offer_message(
        invitation, page="clusters:invitation", templates="clusters/mails/invitation"
    )
