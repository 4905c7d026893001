"""The lines of a claim: what of which invoice is asked for which milestone."""

from __future__ import annotations

from decimal import Decimal

import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import OwnersTrigger, append_only
from vouchers.assistance.plans.models import Milestone

from .claims import Claim
from .enforced.lines import (
    AT_ITS_RATE,
    BELONGS_TO_ITS_CLAIM,
    KEEP_THE_SUMS,
    SENTENCES_OF_LINES,
)
from .invoices import Invoice
from .rates import ExchangeRate


class ClaimLine(models.Model):
    """A part of an invoice that is claimed for a milestone; written with its claim, never changed.

    `declared` is in the currency of the invoice; `amount` is what it comes to in EUR at the rate that
    the line keeps, rounded half up to the cent, once (design, rule 1).
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="lines")
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="lines", verbose_name=_("invoice")
    )
    milestone = models.ForeignKey(
        Milestone,
        on_delete=models.PROTECT,
        related_name="claim_lines",
        verbose_name=_("milestone"),
    )
    # Of a part that was set aside and is taken in later: the line that it was claimed by.
    continues = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="continued_by"
    )
    purpose = models.CharField(_("what for"), max_length=200, blank=True)
    declared = models.DecimalField(
        _("amount claimed"),
        max_digits=18,
        decimal_places=3,
        validators=[MinValueValidator(Decimal("0.001"), _("Write an amount of more than zero."))],
    )
    rate = models.ForeignKey(
        ExchangeRate, on_delete=models.PROTECT, null=True, blank=True, related_name="claim_lines"
    )
    # Copied when the claim is made: a later correction of the table leaves the claim alone.
    rate_units_per_euro = models.DecimalField(
        _("exchange rate"), max_digits=18, decimal_places=6, null=True
    )
    rate_month = models.CharField(_("month of the rate"), max_length=7, blank=True)
    amount = models.DecimalField(_("amount (EUR)"), max_digits=12, decimal_places=2)

    ENFORCED = SENTENCES_OF_LINES

    class Meta:
        verbose_name = _("line of a claim")
        verbose_name_plural = _("lines of a claim")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(declared__gt=0) & Q(amount__gt=0),
                name="a_line_is_worth_something",
                violation_error_message=_("The line comes to less than one cent."),
            ),
        ]
        triggers = [
            append_only(),
            pgtrigger.Trigger(
                name="belongs_to_its_claim",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=BELONGS_TO_ITS_CLAIM,
                declare=[("found", "RECORD")],
            ),
            pgtrigger.Trigger(
                name="keeps_the_rate_of_its_row",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=AT_ITS_RATE,
                declare=[("kept", "RECORD"), ("invoiced_in", "text")],
            ),
            OwnersTrigger(
                name="then_keeps_the_sums",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=KEEP_THE_SUMS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice} · {self.milestone}"
