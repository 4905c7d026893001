"""How a call lets the assistance be bought: who contracts and pays, how many quotes, on what grounds."""

from __future__ import annotations

from decimal import Decimal

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nCharField

from clusters.models import Country
from conduct.models.guards import fixed

from .calls import Call
from .currencies import EVERYWHERE, Currency
from .freezing import frozen_once_open


class VoucherUse(models.TextChoices):
    """Who contracts the provider, and who pays it."""

    IN_KIND = "a", _("A: the country partner contracts the provider and pays it")
    PARTNER_PAYS = "b", _("B: the cluster contracts the provider, the country partner pays it")
    REIMBURSED = "c", _("C: the cluster contracts the provider and pays it, and is reimbursed")


class GroundKind(models.TextChoices):
    """How a quote is judged on a ground."""

    PRICE = "price", pgettext_lazy("ground of a choice", "price, by the formula")
    MARKED = "marked", pgettext_lazy("ground of a choice", "marked from 0 to 5 by who chooses")


def usual_currencies() -> list[str]:
    """Euro, and the money of countries whose providers cannot easily quote in another.

    Not the Lebanese pound, in which hardly anybody there quotes, nor the dollar: a call may add them.
    """
    return [Currency.EUR, Currency.MAD, Currency.TND]


@pghistory.track()
class PurchaseRules(models.Model):
    """What a call says of quotes and contracts."""

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="purchase_rules")
    use = models.CharField(
        _("who contracts and pays"),
        max_length=1,
        choices=VoucherUse.choices,
        default=VoucherUse.PARTNER_PAYS,
    )
    quotes_required = models.PositiveSmallIntegerField(
        _("providers that are asked at least"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text=_("For fewer, the country partner approves a written derogation."),
    )
    quote_currencies = ArrayField(
        models.CharField(max_length=3, choices=Currency.choices),
        verbose_name=_("currencies in which providers may quote"),
        default=usual_currencies,
    )

    class Meta:
        verbose_name = _("rules of purchase")
        verbose_name_plural = _("rules of purchase")
        constraints = [
            models.CheckConstraint(
                condition=Q(quotes_required__gte=1) & Q(quotes_required__lte=20),
                name="at_least_one_provider_is_asked",
                violation_error_message=_("Between 1 and 20 providers are asked."),
            ),
            models.CheckConstraint(
                condition=Q(quote_currencies__contains=[Currency.EUR])
                & Q(quote_currencies__contained_by=Currency.values),
                name="quotes_may_always_be_in_euros",
                violation_error_message=_("A quote may always be in euros."),
            ),
        ]
        triggers = [fixed("call"), frozen_once_open()]

    def __str__(self) -> str:
        return str(self.call)

    def currencies_in(self, country: Country) -> list[str]:
        """In which currencies a provider may quote to a cluster of the country, the euro first.

        The money of another country of the call is none of them.
        """
        known = {*EVERYWHERE, country.currency}
        return [one for one in Currency.values if one in self.quote_currencies and one in known]


@pghistory.track()
class QuoteGround(models.Model):
    """One ground on which the quotes of a call are compared, and what it weighs."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="quote_grounds")
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("judged by"), max_length=6, choices=GroundKind.choices)
    name = I18nCharField(_("name"))
    weight = models.DecimalField(
        _("weight (points of 100)"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(Decimal(100))],
    )

    class Meta:
        verbose_name = _("ground of choice")
        verbose_name_plural = _("grounds of choice")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "position"],
                name="one_ground_of_choice_per_position",
                violation_error_message=_("Two grounds have the same place."),
            ),
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(kind="price"),
                name="the_price_is_one_ground",
                violation_error_message=_("The price is one ground, not two."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0) & Q(weight__lte=100),
                name="a_ground_of_choice_weighs_something",
                violation_error_message=_("A weight lies between 0.01 and 100."),
            ),
        ]
        triggers = [frozen_once_open()]

    def __str__(self) -> str:
        return str(self.name)
