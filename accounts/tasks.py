"""Background work: mailing invitations, and telling of those that nobody took up."""

from celery import shared_task

from accounts.actions import mailing as mails

from .models import Invitation


@shared_task
def mail_invitation(invitation_id: int) -> None:
    mails.send_invitation(invitation_id)


@shared_task
def tell_of_expired_invitations() -> int:
    """Tell who sent one of each invitation that nobody took up in time; how many."""
    return mails.tell_of_expired(Invitation)
