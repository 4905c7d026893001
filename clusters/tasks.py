"""Background work: mailing invitations to clusters, and picking up those that were lost."""

from celery import shared_task
from django.core.mail import EmailMessage

from accounts.actions.mailing import claim_lost_offers, offer_message, send_offer, tell_of_expired
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
    """Queue again every standing invitation that nobody mailed; how many there were.

    Who sent one that has expired is told.
    """
    tell_of_expired(RepresentativeInvitation)
    resting = resting_keys("cluster_invitations")
    lost = claim_lost_offers(never_mailed(RepresentativeInvitation).exclude(pk__in=resting))
    for invitation_id in lost:
        mail_cluster_invitation.delay(invitation_id)
    return len(lost)


def _message(invitation: RepresentativeInvitation) -> EmailMessage:
    return offer_message(
        invitation, page="clusters:invitation", templates="clusters/mails/invitation"
    )
