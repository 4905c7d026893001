"""For how many days a screening against the list of sanctions counts."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# The terms of a call by which its payees are screened (vouchers/screening).
SCREENING_TERMS = ("screening_days",)
_LONGEST = 365


class ScreeningTerms(models.Model):
    """How fresh a screening must be when an award is accepted, a claim approved, a payment ordered."""

    screening_days = models.PositiveSmallIntegerField(
        _("days for which a screening against the list of sanctions counts"),
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(_LONGEST)],
    )

    class Meta:
        abstract = True


SCREENINGS_LAST = models.CheckConstraint(
    condition=Q(screening_days__gte=1, screening_days__lte=_LONGEST),
    name="screenings_last_some_days",
    violation_error_message=_("A screening counts for 1 to 365 days."),
)
