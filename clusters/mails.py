"""The e-mails of this room to people without an account: invitations to act for a cluster."""

from clusters.models import RepresentativeInvitation
from notices.mails import MailsOfRow, register_mail

register_mail(
    MailsOfRow(
        "representativeinvitation",
        lambda: RepresentativeInvitation.objects.select_related("cluster", "invited_by"),
        hearers=lambda offer: [offer.invited_by],
        about=lambda offer: str(offer.cluster),
        page=lambda offer: offer.page_of_sender,
    )
)
