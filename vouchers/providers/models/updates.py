"""What a consultant asks to have changed in the register."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, frozen_in, never_deleted, written_on
from conduct.models.states import Flow, States, Tone, follows_its_flow

from .links import ProviderLink
from .providers import Provider


@follows_its_flow
@pghistory.track()
class ProviderUpdate(models.Model):
    """Facts that a provider sent by its own link; the register changes once an officer takes them over.

    `facts` holds what was changed, by the names of the register, as JSON; `was` what stood then, so
    that who decides sees where somebody else has changed it since.
    """

    class State(States):
        WAITING = "waiting", Tone.WAITING, _("waits for the country partner")
        TAKEN_OVER = "taken_over", Tone.GOOD, _("taken over")
        RETURNED = "returned", Tone.BAD, _("not taken over")
        REPLACED = "replaced", Tone.QUIET, _("replaced by a newer one")

    FLOW = Flow({State.WAITING: [State.TAKEN_OVER, State.RETURNED, State.REPLACED]})
    # Locked first, and in this order (see conduct.actions.locked).
    LOCKED_AFTER = ("provider",)

    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING, editable=False
    )
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="updates")
    link = models.ForeignKey(ProviderLink, on_delete=models.PROTECT, related_name="updates")
    facts = models.JSONField(_("what changes"))
    was = models.JSONField(_("what stood"))
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    reason = models.TextField(_("why it was not taken over"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("update by a provider")
        verbose_name_plural = _("updates by providers")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider"],
                condition=Q(state="waiting"),
                name="one_update_of_a_provider_waits",
                violation_error_message=_("Another update has just been sent."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "replaced"], decided_by=None, decided_at=None)
                | Q(
                    state__in=["taken_over", "returned"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="an_update_says_who_decided_on_it",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(reason=""),
                name="an_update_is_returned_for_a_reason",
                violation_error_message=_("Say why you return it."),
            ),
        ]
        triggers = [
            fixed("provider", "link", "facts", "was", "sent_at"),
            written_on("returned", "reason"),
            frozen_in("taken_over", "returned", "replaced"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return str(self.provider)
