"""The currencies of the programme's countries, and those in which their firms invoice."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Currency(models.TextChoices):
    """The currencies in which a provider may quote and invoice."""

    EUR = "EUR", _("euro (EUR)")
    USD = "USD", _("US dollar (USD)")
    LBP = "LBP", _("Lebanese pound (LBP)")
    MAD = "MAD", _("Moroccan dirham (MAD)")
    TND = "TND", _("Tunisian dinar (TND)")


# Of no country here, and used in each of them.
EVERYWHERE = (Currency.EUR, Currency.USD)
