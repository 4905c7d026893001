"""What vouchers of a call pay beside the plan."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# The terms of a call by which its vouchers are claimed (vouchers/payments/claims).
CLAIM_TERMS = ("claim_tolerance",)


class ClaimTerms(models.Model):
    """How far the claims of a milestone may go above its plan; per cent."""

    claim_tolerance = models.DecimalField(
        _("what claims may come to above the plan (per cent)"),
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Of the planned amount of each milestone; never above the voucher."),
    )

    class Meta:
        abstract = True


CLAIMS_HAVE_LIMITS = models.CheckConstraint(
    condition=Q(claim_tolerance__gte=0) & Q(claim_tolerance__lte=100),
    name="what_is_borne_above_the_plan_is_a_percentage",
    violation_error_message=_("A percentage is between 0 and 100."),
)
