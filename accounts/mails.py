"""The one message that goes to somebody who may not be a user yet: the invitation."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from .models import AnyOffer, Invitation, Offer


def invitation_message(invitation: Invitation) -> EmailMessage:
    """The invitation's message, in the language chosen by who invited."""
    return offer_message(
        invitation, page="accounts:invitation", templates="accounts/mails/invitation"
    )


def offer_message(offer: Offer, *, page: str, templates: str) -> EmailMessage:
    """The message of an offer, from the templates `<templates>.subject.txt` and `.body.txt`.

    They see it as `invitation`, and the `link` to the page that takes its token. Its Message-ID
    stays the same however often it is made, so that a mail server recognises a second copy.
    """
    address = reverse(page, args=[offer.token])
    facts = {"invitation": offer, "link": f"{settings.SITE_URL}{address}"}
    with translation.override(offer.language):
        subject = render_to_string(f"{templates}.subject.txt", facts)
        body = render_to_string(f"{templates}.body.txt", facts)
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body,
        to=[offer.email],
        headers={
            "Message-ID": f"<{offer._meta.model_name}-{offer.pk}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def send_invitation(invitation_id: int) -> bool:
    """Send the invitation unless it was sent, answered or withdrawn; whether it went out now."""
    return send_offer(Invitation, invitation_id, invitation_message)


@transaction.atomic
def send_offer(
    model: type[AnyOffer], offer_id: int, message: Callable[[AnyOffer], EmailMessage]
) -> bool:
    """Send an offer unless it was sent, answered or withdrawn; whether it went out now.

    The row stays locked while the message is on its way: a second worker passes it by, and if this
    one dies the lock falls and the sweeper picks the row up again.
    """
    offer = (
        model._default_manager.select_for_update(skip_locked=True, of=("self",))
        .filter(pk=offer_id, mailed_at=None)
        .first()
    )
    if offer is None or not offer.is_open:
        return False
    message(offer).send()
    offer.mailed_at = timezone.now()
    offer.save(update_fields=["mailed_at"])
    return True
