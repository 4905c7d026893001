"""The consultants of a country."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from clusters.bank_accounts import validate_bank_account
from clusters.models import Country


@pghistory.track()
class Provider(models.Model):
    """The consultant, a firm or a person, who delivers the assistance."""

    name = models.CharField(_("name"), max_length=200)
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        related_name="providers",
        verbose_name=_("country"),
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    # An IBAN, or the 24 digits of a Moroccan RIB: Morocco is not in the IBAN registry.
    bank_account = models.CharField(
        _("bank account"),
        max_length=34,
        validators=[validate_bank_account],
        help_text=_("IBAN; for Morocco the 24 digits of the RIB."),
    )

    class Meta:
        verbose_name = _("provider")
        verbose_name_plural = _("providers")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "name"], name="one_provider_per_name_and_country"
            ),
        ]

    def __str__(self) -> str:
        return self.name
