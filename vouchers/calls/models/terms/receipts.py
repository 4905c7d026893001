"""After how many days payees who do not say whether the money has arrived are reminded and rung up."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

# The terms of a call by which its payees confirm (vouchers/payments/receipts); days after the question.
RECEIPT_TERMS = ("receipt_reminder_days", "receipt_second_days", "receipt_late_days")
_LONGEST = 365


def _days(label: Any, default: int, help_text: Any = "") -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label,
        default=default,
        validators=[MinValueValidator(1), MaxValueValidator(_LONGEST)],
        help_text=help_text,
    )


class ReceiptTerms(models.Model):
    """The days of a call after which a payee is reminded, reminded again, and asked by finance itself."""

    receipt_reminder_days = _days(
        _("days after which a payee is reminded to say whether the money has arrived"), 7
    )
    receipt_second_days = _days(_("days after which the payee is reminded again"), 14)
    receipt_late_days = _days(
        _("days after which finance asks the payee itself"),
        21,
        _("All three are counted from the first message, on the calendar of the country."),
    )

    class Meta:
        abstract = True


PAYEES_ARE_REMINDED_IN_ORDER = models.CheckConstraint(
    condition=Q(
        receipt_reminder_days__gte=1,
        receipt_second_days__gt=F("receipt_reminder_days"),
        receipt_late_days__gt=F("receipt_second_days"),
        receipt_late_days__lte=_LONGEST,
    ),
    name="payees_are_reminded_in_order",
    violation_error_message=_(
        "A payee is reminded, then reminded again, then asked by finance: each later than the one "
        "before, within 365 days."
    ),
)
