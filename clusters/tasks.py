"""Background work: mailing invitations to clusters, and telling of those that nobody took up."""

from functools import partial

from celery import shared_task

from accounts.actions.mailing import MailingOffers, offer_message, tell_of_expired
from accounts.queries import never_mailed

from .models import RepresentativeInvitation

CLUSTER_INVITATIONS = MailingOffers(
    RepresentativeInvitation,
    partial(offer_message, page="clusters:invitation", templates="clusters/mails/invitation"),
    partial(never_mailed, RepresentativeInvitation),
)


@shared_task
def mail_cluster_invitation(invitation_id: int) -> None:
    CLUSTER_INVITATIONS.conduct(invitation_id)


@shared_task
def tell_of_expired_cluster_invitations() -> int:
    """Tell who sent one of each invitation that nobody took up in time; how many."""
    return tell_of_expired(RepresentativeInvitation)
