"""Currencies and the European Commission's monthly accounting rates."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pghistory
from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from records.guards import fixed, never_deleted

CENT = Decimal("0.01")


class Currency(models.TextChoices):
    """The currencies in which a provider may invoice."""

    EUR = "EUR", _("euro (EUR)")
    USD = "USD", _("US dollar (USD)")
    LBP = "LBP", _("Lebanese pound (LBP)")
    MAD = "MAD", _("Moroccan dirham (MAD)")
    TND = "TND", _("Tunisian dinar (TND)")


@pghistory.track()
class ExchangeRate(models.Model):
    """The European Commission's accounting rate (InforEuro) of one month: units for 1 EUR."""

    currency = models.CharField(_("currency"), max_length=3, choices=Currency.choices)
    month = models.CharField(
        _("month"),
        max_length=7,
        validators=[RegexValidator(r"^\d{4}-(0[1-9]|1[0-2])$")],
    )
    units_per_euro = models.DecimalField(
        _("units for 1 EUR"),
        max_digits=18,
        decimal_places=6,
        validators=[MinValueValidator(Decimal("0.000001"))],
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["-month", "currency"]
        constraints = [
            models.UniqueConstraint(
                fields=["currency", "month"],
                name="one_rate_per_currency_and_month",
                violation_error_message=_("The rate of this month is entered already."),
            ),
            models.CheckConstraint(condition=Q(units_per_euro__gt=0), name="a_rate_is_positive"),
            models.CheckConstraint(condition=~Q(currency="EUR"), name="the_euro_has_no_rate"),
        ]
        # Claims rest on it.
        triggers = [
            fixed("currency", "month", "units_per_euro", "entered_by", "entered_at"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"1 EUR = {self.units_per_euro.normalize():f} {self.currency} ({self.month})"

    def to_euro(self, amount: Decimal) -> Decimal:
        """`amount` of this currency in EUR, rounded half up to the cent (design, rule 1)."""
        return (amount / self.units_per_euro).quantize(CENT, rounding=ROUND_HALF_UP)
