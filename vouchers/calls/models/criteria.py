"""The grounds on which applications are scored."""

from __future__ import annotations

from decimal import Decimal

import pghistory
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from .calls import Call
from .freezing import frozen_once_open


@pghistory.track()
class Criterion(models.Model):
    """One ground on which applications are scored."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField(_("position"))
    name = I18nCharField(_("name"))
    guidance = I18nTextField(_("guidance"), blank=True)
    weight = models.DecimalField(
        _("weight (points of 100)"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    anchors = I18nTextField(
        _("what the scores mean"),
        blank=True,
        help_text=_("One line for each whole score, from the lowest to the highest."),
    )
    threshold = models.DecimalField(
        _("threshold (per cent of the highest score)"),
        max_digits=5,
        decimal_places=2,
        default=50,
    )
    tie_break_position = models.PositiveSmallIntegerField(
        _("order in which ties are broken"), help_text=_("1 decides first.")
    )

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "position"], name="one_criterion_per_position"),
            models.UniqueConstraint(
                fields=["call", "tie_break_position"],
                name="one_criterion_per_tie_break",
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0) & Q(weight__lte=100),
                name="a_weight_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(threshold__gte=0) & Q(threshold__lte=100),
                name="a_threshold_is_a_share",
            ),
        ]
        triggers = [frozen_once_open()]

    def __str__(self) -> str:
        return str(self.name)
