"""Currencies and the European Commission's monthly accounting rates."""

from __future__ import annotations

from decimal import Decimal

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import OwnersTrigger, fixed, never_deleted, refuses, written_once
from documents.wording import month as month_in_words
from documents.wording import rate as rate_in_words
from inputs.rules.currencies import in_euro
from vouchers.calls.models import Currency
from vouchers.providers.quotes.models.taking import TAKEN_WHEN_IT_COUNTS

from .enforced import FREE_TO_BE_REPLACED
from .rate_files import RateFile


@pghistory.track()
class ExchangeRate(models.Model):
    """The European Commission's accounting rate (InforEuro) of one month: units for 1 EUR.

    Taken from a file of the Commission, or entered by hand and then confirmed by a second person; it
    counts from then on. Never changed: a mistake is corrected by a new row, as long as no claim rests
    on it.
    """

    class Source(models.TextChoices):
        FILE = "file", _("the Commission’s file")
        HAND = "hand", _("by hand")

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
    source = models.CharField(
        _("source"), max_length=4, choices=Source.choices, default=Source.HAND, editable=False
    )
    file = models.ForeignKey(
        RateFile, on_delete=models.PROTECT, null=True, related_name="rates", editable=False
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True, editable=False)
    corrects = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="correction",
    )
    reason = models.TextField(_("why it was corrected"), blank=True, editable=False)

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["-month", "currency"]
        constraints = [
            models.UniqueConstraint(
                fields=["currency", "month"],
                condition=Q(replaced_at__isnull=True),
                name="one_rate_per_currency_and_month",
                violation_error_message=_(
                    "The rate of this month is entered already. If it is wrong, correct it in the "
                    "list."
                ),
            ),
            models.CheckConstraint(
                condition=Q(units_per_euro__gt=0),
                name="a_rate_is_positive",
                violation_error_message=_("A rate is more than zero."),
            ),
            models.CheckConstraint(
                condition=~Q(currency="EUR"),
                name="the_euro_has_no_rate",
                violation_error_message=_("The euro needs no rate."),
            ),
            models.CheckConstraint(
                condition=Q(source="file", file__isnull=False, confirmed_by__isnull=True)
                | Q(source="hand", file__isnull=True),
                name="a_rate_has_one_source",
                violation_error_message=_("A rate comes from a file, or is entered by hand."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | (
                    Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                    & ~Q(confirmed_by=F("entered_by"))
                ),
                name="a_second_person_confirms_a_rate",
                violation_error_message=_(
                    "You entered this rate: somebody else confirms that it is right."
                ),
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(reason="") | Q(source="file"),
                name="a_corrected_rate_says_why",
                violation_error_message=_("Say why the rate is corrected."),
            ),
        ]
        triggers = [
            fixed(
                *("currency", "month", "units_per_euro", "entered_by", "entered_at"),
                *("corrects", "reason", "source", "file"),
            ),
            written_once("replaced_at", "confirmed_by", "confirmed_at"),
            refuses(
                "as_its_file_says",
                pgtrigger.Insert,
                "NEW.file_id IS NOT NULL AND NOT EXISTS ("
                " SELECT FROM vouchers_ratefile file WHERE file.id = NEW.file_id"
                " AND file.taken_at IS NOT NULL AND file.entries @> jsonb_build_array("
                " jsonb_build_object('currency', NEW.currency, 'month', NEW.month,"
                " 'units', NEW.units_per_euro::text)))",
                "A rate that comes from a file is as the file says.",
            ),
            never_deleted(),
            OwnersTrigger(
                name="comparisons_take_it",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=TAKEN_WHEN_IT_COUNTS,
            ),
            pgtrigger.Trigger(
                name="replaced_while_nothing_rests_on_it",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("replaced_at"),
                func=FREE_TO_BE_REPLACED,
            ),
        ]

    def __str__(self) -> str:
        return f"{rate_in_words(self.units_per_euro, self.currency)} ({month_in_words(self.month)})"

    @property
    def counts(self) -> bool:
        """Whether claims take it: it stands, and a file or a second person vouches for it."""
        return self.replaced_at is None and (
            self.source == self.Source.FILE or self.confirmed_at is not None
        )

    def to_euro(self, amount: Decimal) -> Decimal:
        """`amount` of this currency in EUR, rounded half up to the cent (design, rule 1)."""
        return in_euro(amount, self.units_per_euro)
