"""How many vouchers a call gives in each country."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusters.models import Country
from conduct.models.guards import fixed, frozen_by, kept_by_triggers

from .calls import Call


@pghistory.track()
class CountryQuota(models.Model):
    """How many vouchers a call gives in one country, and how many are given."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="quotas")
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        related_name="quotas",
        verbose_name=_("country"),
    )
    vouchers = models.PositiveSmallIntegerField(_("vouchers"))
    # What the selection moved in from countries that could not fill theirs, or out (negative).
    moved = models.SmallIntegerField(_("vouchers moved in"), default=0, editable=False)
    # Kept by the trigger on Award; the CHECK below is what refuses one award too many.
    awarded = models.PositiveSmallIntegerField(_("awarded"), default=0, editable=False)
    # The last number given in this call and country; locked while one is taken, so no gaps.
    last_number = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("country quota")
        verbose_name_plural = _("country quotas")
        ordering = ["country_id"]
        constraints = [
            models.UniqueConstraint(fields=["call", "country"], name="one_quota_per_country"),
            models.CheckConstraint(
                condition=Q(awarded__lte=F("vouchers") + F("moved")),
                name="awards_stay_within_the_quota",
                violation_error_message=_("Every voucher of this country is awarded."),
            ),
        ]
        triggers = [
            fixed("call", "country"),
            frozen_by("call", "decided", fields=("vouchers", "moved", "last_number")),
            kept_by_triggers("awarded"),
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.country_id}: {self.vouchers}"
