"""A light that was set by hand."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, never_deleted, refuses, written_once
from vouchers.awards.models import Voucher
from vouchers.awards.models.endings import looks_after_nothing_of_it

from .standings import Light

# Longer than that nobody would look again.
LONGEST_DAYS = 92

_NOT_OPEN = (
    "NOT EXISTS (SELECT FROM vouchers_voucher v WHERE v.id = NEW.voucher_id AND v.state = 'active')"
)
# On the calendar of the voucher's country.
_BEYOND_ITS_DAYS = f"""
    NOT EXISTS (
        SELECT FROM vouchers_voucher v
        JOIN vouchers_award a ON a.id = v.award_id
        JOIN vouchers_application p ON p.id = a.application_id
        JOIN clusters_country c ON c.code = p.country_id
        WHERE v.id = NEW.voucher_id
            AND NEW.until - (NEW.set_at AT TIME ZONE c.time_zone)::date BETWEEN 0 AND {LONGEST_DAYS}
    )
"""


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
                condition=Q(reason__regex=r"\S"),
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
            refuses(
                "set_by_who_looks_after_it",
                pgtrigger.Insert,
                looks_after_nothing_of_it("NEW.set_by_id"),
                "A light is set by an officer of the country or a coordinator.",
            ),
            refuses(
                "lifted_by_who_looks_after_it",
                pgtrigger.Update,
                "NEW.lifted_by_id IS DISTINCT FROM OLD.lifted_by_id AND "
                + looks_after_nothing_of_it("NEW.lifted_by_id"),
                "A light is lifted by an officer of the country or a coordinator.",
            ),
            refuses(
                "set_while_it_is_open",
                pgtrigger.Insert,
                _NOT_OPEN,
                "A light is set while the voucher is active.",
            ),
            refuses(
                "set_for_some_days",
                pgtrigger.Insert,
                _BEYOND_ITS_DAYS,
                f"A light is set until a day from today to {LONGEST_DAYS} days ahead.",
            ),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.voucher_id}: {self.light}"
