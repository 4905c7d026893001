"""The one message that goes to somebody who may not be a user yet: the invitation."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from .models import Invitation


def invitation_message(invitation: Invitation) -> EmailMessage:
    """The invitation's message, in the language chosen by who invited.

    Its Message-ID stays the same however often it is made, so that a mail server recognises a
    second copy.
    """
    address = reverse("accounts:invitation", args=[invitation.token])
    facts = {"invitation": invitation, "link": f"{settings.SITE_URL}{address}"}
    with translation.override(invitation.language):
        subject = render_to_string("accounts/mails/invitation.subject.txt", facts)
        body = render_to_string("accounts/mails/invitation.body.txt", facts)
    host = settings.SITE_URL.partition("://")[2].partition(":")[0]
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body,
        to=[invitation.email],
        headers={
            "Message-ID": f"<invitation-{invitation.pk}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )


@transaction.atomic
def send_invitation(invitation_id: int) -> bool:
    """Send the invitation unless it was sent, answered or withdrawn; whether it went out now.

    The row stays locked while the message is on its way: a second worker passes it by, and if this
    one dies the lock falls and the sweeper picks the row up again.
    """
    invitation = (
        Invitation.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("invited_by")
        .filter(pk=invitation_id, mailed_at=None)
        .first()
    )
    if invitation is None or not invitation.is_open:
        return False
    invitation_message(invitation).send()
    invitation.mailed_at = timezone.now()
    invitation.save(update_fields=["mailed_at"])
    return True
