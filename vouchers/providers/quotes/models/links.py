"""The personal link by which a provider that is asked answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed
from links.models import UNTRACKED, PersonalLink

from .invitations import QuoteInvitation

# For so long after the deadline a provider reads what it sent.
_READS_FOR = timedelta(days=90)


def expiry_after(deadline: datetime) -> datetime:
    """Until when (UTC) a link works for quotes that are awaited until a deadline (UTC)."""
    return deadline + _READS_FOR


@pghistory.track(exclude=UNTRACKED)
class QuoteLink(PersonalLink):
    """The link of one invitation: by it a quote is written, sent and read, and by nothing else.

    Its digest is what the seal compares with (see models.sealing).
    """

    SUBJECT = ("invitation",)
    PAGE = "quotes:answer"
    MAIL = "quotes/mails/link"

    invitation = models.ForeignKey(QuoteInvitation, on_delete=models.PROTECT, related_name="links")

    # Locked first, and in this order (see conduct.actions.locked).
    LOCKED_AFTER = ("invitation",)

    class Meta(PersonalLink.Meta):
        abstract = False
        verbose_name = _("personal link for a quote")
        verbose_name_plural = _("personal links for quotes")
        constraints = [
            *PersonalLink.Meta.constraints,
            models.UniqueConstraint(
                fields=["invitation"],
                condition=Q(withdrawn_at=None, replaced_at=None),
                name="one_link_stands_for_an_invitation",
                violation_error_message=_("Somebody has just sent a link to this provider."),
            ),
        ]
        triggers = [*PersonalLink.Meta.triggers, fixed("invitation", name="fixed_subject")]

    def mail_facts(self) -> dict[str, Any]:
        earlier = QuoteLink.objects.filter(invitation=self.invitation, pk__lt=self.pk)
        return {"terms": self.invitation.terms, "is_first": not earlier.exists()}
