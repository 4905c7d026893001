"""How plans of technical assistance are judged."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanningTerms(models.Model):
    """Who approves plans, what a day of expertise usually costs (EUR), how many more days are borne."""

    plans_to_coordinator = models.BooleanField(
        _("a coordinator approves plans and final reports as well"),
        default=False,
        help_text=_(
            "Else a plan is in force, and a report accepted, once the country partner has approved it."
        ),
    )
    day_rate_low = models.DecimalField(
        _("usual rate of a day of expertise, from (EUR)"),
        max_digits=12,
        decimal_places=2,
        default=Decimal("150.00"),
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    day_rate_high = models.DecimalField(
        _("usual rate of a day of expertise, to (EUR)"),
        max_digits=12,
        decimal_places=2,
        default=Decimal("600.00"),
        validators=[MinValueValidator(Decimal("0.01"))],
        help_text=_("A plan with other rates may be sent; its readers are warned."),
    )
    session_tolerance = models.DecimalField(
        _("days that sessions may take above the plan (per cent)"),
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Of the planned days of each milestone; beyond, the plan is amended first."),
    )

    class Meta:
        abstract = True
