"""The one message that goes to somebody who may not be a user yet: the invitation."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.actions.telling import tell
from accounts.models import AnyOffer, Invitation, Offer
from accounts.queries import invitations_never_mailed
from jobs.actions.conducting import ShortConductor
from jobs.letters import written


def invitation_message(invitation: Invitation) -> EmailMessage:
    """The invitation's message, in the language chosen by who invited."""
    return offer_message(
        invitation, page="accounts:invitation", templates="accounts/mails/invitation"
    )


def offer_message(offer: Offer, *, page: str, templates: str) -> EmailMessage:
    """The message of an offer, from the templates `<templates>.subject.txt` and `.body.txt`.

    They see it as `invitation`, and the `link` to the page that takes its token.
    """
    address = reverse(page, args=[offer.token])
    return written(
        templates,
        {"invitation": offer, "link": f"{settings.SITE_URL}{address}"},
        to=offer.email,
        languages=[offer.language],
        row=(offer._meta.model_name or "", offer.pk),
    )


class MailingOffers(ShortConductor[AnyOffer]):
    """Mails the offers of one kind that were neither answered nor withdrawn.

    When the mail server refuses one, the row waits longer before each further attempt, and after the
    last its sender is told that it did not arrive.
    """

    def __init__(
        self,
        model: type[AnyOffer],
        message: Callable[[AnyOffer], EmailMessage],
        lost: Callable[[], QuerySet[AnyOffer]],
    ) -> None:
        self.model, self._message, self._lost = model, message, lost

    def waiting(self) -> QuerySet[AnyOffer]:
        return self._lost()

    def may_begin(self, offer: AnyOffer) -> bool:
        return offer.may_be_mailed

    def do(self, offer: AnyOffer) -> bool:
        # The row stays locked while the message is on its way: a second worker passes it by, and if
        # this one dies the lock falls and the sweeper picks the row up again.
        self._message(offer).send()
        offer.mailed_at, offer.last_error = timezone.now(), ""
        offer.save(update_fields=["mailed_at", "last_error"])
        return True

    def after_giving_up(self, offer: AnyOffer) -> None:
        _tell_sender(offer, "invitation-failed")


INVITATIONS = MailingOffers(Invitation, invitation_message, invitations_never_mailed)


def send_invitation(invitation_id: int) -> bool:
    """Send the invitation unless it was sent, answered or withdrawn; whether it went out now."""
    return INVITATIONS.conduct(invitation_id)


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


def _tell_sender(offer: AnyOffer, kind: str) -> None:
    sender = offer.invited_by  # type: ignore[attr-defined]
    if sender is not None:
        tell([sender], kind, {"email": offer.email}, offer.page_of_sender)
