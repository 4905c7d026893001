"""What holds for every offer to an e-mail address: how many, and what its sender hears."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AnyOffer, User
from conduct.actions import Refused

# Our messages must not serve to flood mailboxes: so many from one person, and to one address.
OFFERS_PER_DAY = 30
OFFERS_PER_ADDRESS_AND_DAY = 8


def require_room_for_offer(model: type[AnyOffer], email: str, *, by: User | None) -> None:
    """Raise Refused after too many offers of this kind within 24 hours; `by` is locked.

    Those that were withdrawn count: their messages went out.
    """
    recent = model._default_manager.filter(invited_at__gt=timezone.now() - timedelta(days=1))
    if by is not None and recent.filter(invited_by=by).count() >= OFFERS_PER_DAY:
        raise Refused(
            _("You have sent %(number)s invitations within a day. Please go on tomorrow.")
            % {"number": OFFERS_PER_DAY}
        )
    if recent.filter(email__iexact=email).count() >= OFFERS_PER_ADDRESS_AND_DAY:
        raise Refused(_("This address got many invitations today. Please try again tomorrow."))
