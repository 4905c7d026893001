"""Who is eligible: the checklist of the country partner."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from .calls import Call
from .freezing import frozen_once_open


@pghistory.track()
class EligibilityRule(models.Model):
    """One line of the partner's checklist; its kind tells whether data can answer it."""

    class Kind(models.TextChoices):
        COUNTRY = "country", _("established in a country of the call")
        ONE_APPLICATION = "one_application", _("one application of each cluster")
        ESTABLISHED_BEFORE = "established_before", _("established before a year")
        NO_OPEN_VOUCHER = "no_open_voucher", _("no voucher that is still open")
        DECLARATION = "declaration", _("declaration on honour signed")
        COMPLETE = "complete", _("every required answer is there")
        CEILING = "ceiling", _("within the ceiling for a legal entity")
        BY_HAND = "by_hand", _("decided by the partner")

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="eligibility_rules")
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.BY_HAND)
    text = I18nCharField(_("rule"))
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, help_text=_("For a rule about the establishment.")
    )

    class Meta:
        verbose_name = _("eligibility rule")
        verbose_name_plural = _("eligibility rules")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "position"], name="one_rule_per_position"),
            models.CheckConstraint(
                condition=~Q(kind="established_before") | Q(year__isnull=False),
                name="establishment_is_measured_by_a_year",
                violation_error_message=_("Say before which year the cluster must be established."),
            ),
        ]
        triggers = [frozen_once_open()]

    def __str__(self) -> str:
        return str(self.text)
