"""Getting somebody back in whose second factor is lost, or out who should not be there."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, never_deleted, written_once

from .people import User


@pghistory.track()
class FactorReset(models.Model):
    """A request to take the second factors off the account of staff; another administrator agrees."""

    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="factor_resets", verbose_name=_("person")
    )
    reason = models.CharField(_("reason"), max_length=500)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("reset of second factors")
        verbose_name_plural = _("resets of second factors")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(confirmed_at=None, withdrawn_at=None),
                name="one_standing_reset_per_person",
                violation_error_message=_("A reset for this person waits already."),
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("person")), name="nobody_resets_their_own_factors"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | (
                    Q(confirmed_at__isnull=False, confirmed_by__isnull=False, withdrawn_at=None)
                    & ~Q(confirmed_by=F("asked_by"))
                    & ~Q(confirmed_by=F("person"))
                ),
                name="a_second_administrator_confirms_a_reset",
                violation_error_message=_("Another administrator must confirm it."),
            ),
        ]
        triggers = [
            fixed("person", "reason", "asked_by", "asked_at"),
            written_once("confirmed_by", "confirmed_at", "withdrawn_at"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return str(self.person)
