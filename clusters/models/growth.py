"""How a cluster grows: its figures, year by year."""

from __future__ import annotations

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .clusters import Cluster


def _money(label: object) -> models.DecimalField:
    return models.DecimalField(
        label,  # type: ignore[arg-type]
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )


@pghistory.track()
class GrowthFigures(models.Model):
    """The figures of one year; what is not known stays empty. Money is in EUR."""

    LOCKED_AFTER = ("cluster",)

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="growth")
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )
    members = models.PositiveIntegerField(_("members"), null=True, blank=True)
    jobs = models.PositiveIntegerField(_("jobs at the members"), null=True, blank=True)
    turnover = _money(_("turnover of the members (EUR)"))
    exports = _money(_("exports of the members (EUR)"))
    budget = _money(_("budget of the cluster (EUR)"))

    MEASURES = ("members", "jobs", "turnover", "exports", "budget")

    class Meta:
        verbose_name = _("figures of a year")
        verbose_name_plural = _("growth figures")
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "year"],
                name="one_set_of_figures_per_year",
                violation_error_message=_("The figures of this year are entered already."),
            ),
            models.CheckConstraint(
                condition=(Q(turnover=None) | Q(turnover__gte=0))
                & (Q(exports=None) | Q(exports__gte=0))
                & (Q(budget=None) | Q(budget__gte=0)),
                name="growth_is_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)
