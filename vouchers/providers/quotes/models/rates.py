"""At which rates the quotes of a request are compared: those of the month of their deadline.

Rows are written by triggers alone: when quotes are opened, for every currency in which one is, and
where the month's rate counts later only, when it does. While no choice stands, a corrected rate takes
its place in the comparison; from the choice on the rate stays that by which was chosen.
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, refuses
from vouchers.calls.models import Currency

from .taking import COUNTS, MONTH
from .terms import TermsOfReference

_ANOTHER = f"""
    NOT EXISTS (
        SELECT FROM vouchers_exchangerate e
        WHERE e.id = NEW.rate_id AND {COUNTS} AND e.currency = NEW.currency
            AND e.month = NEW.month AND e.units_per_euro = NEW.units_per_euro
            AND e.month = {MONTH.format(terms="NEW.terms_id")}
    )
"""


@pghistory.track()
class QuoteRate(models.Model):
    """The European Commission's rate at which quotes in a currency are compared: units for 1 EUR."""

    LOCKED_AFTER = ("terms",)

    terms = models.ForeignKey(TermsOfReference, on_delete=models.PROTECT, related_name="rates")
    currency = models.CharField(_("currency"), max_length=3, choices=Currency.choices)
    month = models.CharField(_("month"), max_length=7)
    units_per_euro = models.DecimalField(_("units for 1 EUR"), max_digits=18, decimal_places=6)
    # In the room of payments, above this one; where it comes from and who confirmed it stands there.
    rate = models.ForeignKey("vouchers.ExchangeRate", on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(_("taken"))

    class Meta:
        verbose_name = _("rate of a comparison")
        verbose_name_plural = _("rates of comparisons")
        ordering = ["currency"]
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "currency"],
                name="quotes_are_compared_at_one_rate",
                violation_error_message=_("All quotes in a currency are compared at one rate."),
            ),
        ]
        triggers = [
            refuses(
                "taken_by_the_table",
                pgtrigger.Insert | pgtrigger.Delete,
                "pg_trigger_depth() < 2",
                "The rate of a comparison is taken from the table of rates by itself.",
            ),
            refuses(
                "of_the_month_of_the_deadline",
                pgtrigger.Insert,
                _ANOTHER,
                "Quotes are compared at the rate of the month of their deadline.",
            ),
            fixed("terms", "currency", "month", "units_per_euro", "rate", "taken_at"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.month}"
