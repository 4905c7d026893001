"""The one message that goes to somebody who may not be a user yet: the invitation."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from accounts.actions.telling import tell
from accounts.models import AnyOffer, Invitation, Offer
from accounts.queries import PATIENCE
from conduct.actions.space import lacks_space, note_no_space
from jobs.attempts import told

logger = logging.getLogger(__name__)

# Mail servers are away for hours: the last attempt comes about a day after the first.
MAX_ATTEMPTS = 11


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


def send_offer(
    model: type[AnyOffer], offer_id: int, message: Callable[[AnyOffer], EmailMessage]
) -> bool:
    """Send an offer unless it was sent, answered or withdrawn; whether it went out now.

    When the mail server refuses it, the row waits longer before each further attempt, and after the
    last its sender is told that it did not arrive.
    """
    try:
        return _send(model, offer_id, message)
    except Exception as error:
        logger.exception("%s %s could not be sent", model._meta.verbose_name, offer_id)
        _note_failure(model, offer_id, error)
        return False


@transaction.atomic
def claim_lost_offers(lost: QuerySet[AnyOffer]) -> list[int]:
    """The ids of offers whose task was lost; left alone for a while from now on."""
    ids = list(lost.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True))
    lost.model._default_manager.filter(pk__in=ids).update(next_attempt_at=timezone.now() + PATIENCE)
    return ids


@transaction.atomic
def tell_of_expired(model: type[AnyOffer]) -> int:
    """Tell who sent them of offers that nobody took up in time; how many."""
    now = timezone.now()
    expired = model._default_manager.select_for_update(skip_locked=True, of=("self",)).filter(
        expires_at__lte=now,
        accepted_at=None,
        withdrawn_at=None,
        expiry_told_at=None,
        invited_by__isnull=False,
    )
    found = list(expired)
    for offer in found:
        offer.expiry_told_at = now
        offer.save(update_fields=["expiry_told_at"])
        _tell_sender(offer, "invitation-expired")
    return len(found)


@transaction.atomic
def _send(
    model: type[AnyOffer], offer_id: int, message: Callable[[AnyOffer], EmailMessage]
) -> bool:
    # The row stays locked while the message is on its way: a second worker passes it by, and if this
    # one dies the lock falls and the sweeper picks the row up again.
    offer = _unsent_and_unlocked(model, offer_id)
    if offer is None or not offer.may_be_mailed:
        return False
    message(offer).send()
    offer.mailed_at, offer.last_error = timezone.now(), ""
    offer.save(update_fields=["mailed_at", "last_error"])
    return True


@transaction.atomic
def _note_failure(model: type[AnyOffer], offer_id: int, error: Exception) -> None:
    offer = _unsent_and_unlocked(model, offer_id)
    if offer is None:
        return
    now = timezone.now()
    if lacks_space(error):
        # No fault of the message: such an attempt does not count.
        note_no_space(error)
        offer.next_attempt_at = now + PATIENCE
        offer.save(update_fields=["next_attempt_at"])
        return
    offer.attempts += 1
    offer.last_error = told(error)
    offer.next_attempt_at = now + PATIENCE * 2**offer.attempts
    if offer.attempts >= MAX_ATTEMPTS:
        offer.failed_at = now
        _tell_sender(offer, "invitation-failed")
    offer.save(update_fields=["attempts", "last_error", "next_attempt_at", "failed_at"])


def _unsent_and_unlocked(model: type[AnyOffer], offer_id: int) -> AnyOffer | None:
    return (
        model._default_manager.select_for_update(skip_locked=True, of=("self",))
        .filter(pk=offer_id, mailed_at=None)
        .first()
    )


def _tell_sender(offer: AnyOffer, kind: str) -> None:
    sender = offer.invited_by  # type: ignore[attr-defined]
    if sender is not None:
        tell([sender], kind, {"email": offer.email}, offer.page_of_sender)
