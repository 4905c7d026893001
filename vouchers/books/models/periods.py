"""Accounting periods that are closed: nothing is dated in them any more."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only

from .enforced import CLOSES_IN_ORDER


@pghistory.track()
class ClosedPeriod(models.Model):
    """The books of all calls up to and including a day: from then on they stay as they are."""

    ends_on = models.DateField(_("closed up to and including"), unique=True)
    note = models.TextField(_("note"), blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed"), auto_now_add=True)

    ENFORCED = {
        "periods_are_closed_in_their_order": _(
            "A period is closed once, after the one before it, and only when it is over."
        ),
    }

    class Meta:
        verbose_name = _("closed period")
        verbose_name_plural = _("closed periods")
        ordering = ["-ends_on"]
        triggers = [
            append_only(),
            pgtrigger.Trigger(
                name="closes_in_order",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=CLOSES_IN_ORDER,
            ),
        ]

    def __str__(self) -> str:
        return self.ends_on.isoformat()
