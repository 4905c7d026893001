"""The personal links of consultants."""

from __future__ import annotations

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed
from links.models import UNTRACKED, PersonalLink

from .providers import Provider


@pghistory.track(exclude=UNTRACKED)
class ProviderLink(PersonalLink):
    """The personal link by which a provider reads its own page."""

    SUBJECT = ("provider",)
    PAGE = "providers:own"
    MAIL = "providers/mails/link"

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="links")

    # Locked first, and in this order (see conduct.actions.locked).
    LOCKED_AFTER = ("provider",)

    class Meta(PersonalLink.Meta):
        abstract = False
        verbose_name = _("personal link of a provider")
        verbose_name_plural = _("personal links of providers")
        constraints = [
            *PersonalLink.Meta.constraints,
            models.UniqueConstraint(
                fields=["provider"],
                condition=Q(withdrawn_at=None, replaced_at=None),
                name="one_link_stands_for_a_provider",
                violation_error_message=_("Somebody has just sent a link to this provider."),
            ),
        ]
        triggers = [*PersonalLink.Meta.triggers, fixed("provider", name="fixed_subject")]

    def mail_facts(self) -> dict[str, Any]:
        return {"provider": self.provider.name}

    @property
    def is_still_theirs(self) -> bool:
        """Whether the register still names the address to which it went, and its codes go."""
        return self.email.casefold() == self.provider.email.casefold()
