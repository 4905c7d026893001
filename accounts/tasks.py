"""Background work: mailing invitations, and picking up those that were lost."""

from celery import shared_task

from accounts.actions import mailing as mails
from jobs.trouble import attempted, resting_keys

from .models import Invitation
from .queries import invitations_never_mailed


@shared_task
def mail_invitation(invitation_id: int) -> None:
    attempted("invitations", invitation_id, lambda: mails.send_invitation(invitation_id))


@shared_task
def sweep_invitations() -> int:
    """Queue again every standing invitation that nobody mailed; how many there were.

    Who sent one that has expired is told.
    """
    mails.tell_of_expired(Invitation)
    resting = resting_keys("invitations")
    lost = mails.claim_lost_offers(invitations_never_mailed().exclude(pk__in=resting))
    for invitation_id in lost:
        mail_invitation.delay(invitation_id)
    return len(lost)
