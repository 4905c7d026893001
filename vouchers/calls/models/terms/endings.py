"""How vouchers of a call are extended, and how they end before they are used up."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# The terms of a call by which its vouchers end otherwise (vouchers/endings).
ENDING_TERMS = (
    "extensions_most",
    "extension_days_most",
    "extensions_to_coordinator",
    "notice_days",
    "claim_days_after_ending",
    "unused_days",
    "offers_again_after_ending",
)
_LONGEST = 730


class EndingTerms(models.Model):
    """How often and by how much vouchers are extended, and what follows when one ends early; days."""

    extensions_most = models.PositiveSmallIntegerField(
        _("extensions that a voucher may be given"),
        default=2,
        validators=[MaxValueValidator(20)],
        help_text=_("0: the end of a voucher never moves."),
    )
    extension_days_most = models.PositiveSmallIntegerField(
        _("days by which a voucher may be extended in all"),
        default=180,
        validators=[MaxValueValidator(_LONGEST)],
    )
    extensions_to_coordinator = models.BooleanField(
        _("a coordinator decides on extensions as well"),
        default=False,
        help_text=_("Else an extension is granted once the country partner agrees."),
    )
    notice_days = models.PositiveSmallIntegerField(
        _("days of notice before a voucher ends early"),
        default=30,
        validators=[MaxValueValidator(_LONGEST)],
    )
    claim_days_after_ending = models.PositiveSmallIntegerField(
        _("days in which accepted work is still claimed after that"),
        default=30,
        validators=[MaxValueValidator(_LONGEST)],
    )
    unused_days = models.PositiveSmallIntegerField(
        _("days after which an unused voucher may lapse"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(_LONGEST)],
        help_text=_("Without a plan that was sent, and without any news. Empty: none lapses."),
    )
    offers_again_after_ending = models.BooleanField(
        _("a voucher that ends unpaid goes to the reserve list"),
        default=False,
        help_text=_("A coordinator then offers it to the next; else the country loses the place."),
    )

    class Meta:
        abstract = True


ENDINGS_HAVE_LIMITS = models.CheckConstraint(
    condition=Q(extensions_most__lte=20, extension_days_most__lte=_LONGEST)
    & Q(notice_days__lte=_LONGEST, claim_days_after_ending__lte=_LONGEST)
    & (Q(unused_days=None) | Q(unused_days__gte=1, unused_days__lte=_LONGEST)),
    name="endings_have_limits",
    violation_error_message=_("At most 20 extensions, and at most 730 days."),
)
