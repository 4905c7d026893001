"""At which month's exchange rate vouchers of a call turn invoices into euro."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import refuses

# The terms of a call by which the rate of a line is found (vouchers/payments/claims).
RATE_TERMS = ("rate_month_rule",)


class RateMonth(models.TextChoices):
    """Whose month says which of the Commission's accounting rates is taken.

    That of the invoice, or of the submission, from when on it is frozen (Interreg: Regulation (EU)
    2021/1059, article 38(5), converts by the month in which the expenditure was submitted). That of
    the payment to the provider, of the booking (in which the approved claim is entered in the books),
    or the mean of the months from the invoice to the payment: where such a month is not known yet when
    a claim is sent, it takes the rate of its submission until then (docs/ways.md).
    """

    INVOICE = "invoice", _("the month of the invoice")
    SUBMISSION = "submission", _("the month in which the claim is submitted")
    PAYMENT = "payment", _("the month in which the provider is paid")
    BOOKING = "booking", _("the month in which the approved claim is booked")
    AVERAGE = "average", _("the average of the months from the invoice to the payment")


class RateTerms(models.Model):
    """Which month's rate a line of a claim keeps."""

    rate_month_rule = models.CharField(
        _("exchange rate of a claim"),
        max_length=10,
        choices=RateMonth.choices,
        default=RateMonth.INVOICE,
        help_text=_(
            "A claim keeps this rate, whatever the table says later. Until the month is known, it takes "
            "that of its submission."
        ),
    )

    class Meta:
        abstract = True


RATE_RULE_IS_KNOWN = models.CheckConstraint(
    condition=models.Q(rate_month_rule__in=RateMonth.values),
    name="the_rule_of_rates_is_known",
    violation_error_message=_("Choose whose month says which rate is taken."),
)
RATE_RULE_FIXED_ONCE_OPEN = refuses(
    "rate_rule_fixed_once_open",
    pgtrigger.Update,
    "OLD.state <> 'draft' AND OLD.rate_month_rule IS DISTINCT FROM NEW.rate_month_rule",
    "The call is open: whose month says which exchange rate is taken is fixed.",
)
