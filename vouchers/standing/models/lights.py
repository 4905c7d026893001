"""A light that was set by hand."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, never_deleted, written_once
from vouchers.awards.models import Voucher

from .standings import Light


@pghistory.track()
class LightOverride(models.Model):
    """A light that somebody who knows better set by hand, for a reason, until a day (included)."""

    LOCKED_AFTER = ("voucher",)

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="light_overrides")
    light = models.CharField(_("light"), max_length=5, choices=Light.choices)
    reason = models.TextField(_("reason"), max_length=1000)
    until = models.DateField(_("until"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("set by"),
    )
    set_at = models.DateTimeField(_("set"), default=timezone.now)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("lifted by"),
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True)

    class Meta:
        verbose_name = _("light set by hand")
        verbose_name_plural = _("lights set by hand")
        ordering = ["-set_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["voucher"],
                condition=Q(lifted_at=None),
                name="one_light_by_hand",
                violation_error_message=_(
                    "Somebody else has just set the light. Please look at it first."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="a_light_by_hand_has_a_reason",
                violation_error_message=_("Say why the light is set by hand."),
            ),
            models.CheckConstraint(
                condition=Q(lifted_by=None, lifted_at=None)
                | Q(lifted_by__isnull=False, lifted_at__isnull=False),
                name="a_lifted_light_says_by_whom",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
        ]
        triggers = [
            fixed("voucher", "light", "reason", "until", "set_by", "set_at"),
            written_once("lifted_by", "lifted_at"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.voucher_id}: {self.light}"
