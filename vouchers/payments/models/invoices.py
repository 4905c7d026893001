"""The invoices of a claim, and the files that a cluster sends of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only, fixed, kept_by_triggers, never_deleted, refuses
from files.models.kept import KeptFile
from vouchers.awards.models import Voucher
from vouchers.calls.models import Currency
from vouchers.payments.rules.vat import claimable
from vouchers.providers.models import Provider

from .claims import Claim
from .enforced import is_its_lines
from .enforced.lines import (
    OF_ITS_CLAIM,
    SENTENCES_OF_INVOICES,
    WITHIN_ITS_INVOICE,
)
from .ways import PROVED_AS_ITS_WAY_SAYS


class VatRule(models.TextChoices):
    """What becomes of the value added tax on an invoice, as vouchers.payments.rules.vat reads it."""

    NONE = "none", _("not charged")
    COST = "cost", _("charged, and not recovered: part of the cost")
    RECOVERED = "recovered", _("charged, and can be recovered: never paid by the voucher")


class InvoiceFile(KeptFile):
    """The file of an invoice, sent while the claim is written; claims made anew keep the same."""

    FOLDER = "invoices"

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="invoice_files")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)

    class Meta:
        verbose_name = _("file of an invoice")
        verbose_name_plural = _("files of invoices")
        indexes = [
            # What is alike: the same file.
            models.Index(fields=["sha256"], name="invoice_by_file"),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.name


def _money(label: Any, *validators: MinValueValidator) -> models.DecimalField[Any, Decimal]:
    """Three places: the Tunisian dinar has millimes."""
    return models.DecimalField(label, max_digits=18, decimal_places=3, validators=list(validators))


_CLAIMABLE = Case(When(vat_rule="recovered", then=F("net")), default=F("total"))


@pghistory.track(exclude=["key", "stands", "claimed"])
class Invoice(models.Model):
    """A provider's invoice in a claim. The same one in another claim is a row of its own.

    `net` and `vat` make the `total`; what can be claimed of it follows from the rule of the VAT.
    `claimed` (in its currency) is what the lines of this claim ask of it.
    """

    LOCKED_AFTER = ("claim",)

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="invoices")
    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, related_name="invoices", editable=False
    )
    number = models.CharField(_("invoice number"), max_length=60)
    # The number as it is compared (rules.invoices.key_of).
    key = models.CharField(max_length=200, editable=False)
    invoiced_on = models.DateField(_("date of the invoice"))
    currency = models.CharField(
        _("currency"), max_length=3, choices=Currency.choices, default=Currency.EUR
    )
    net = _money(_("amount without VAT"), MinValueValidator(Decimal(0)))
    vat = _money(_("VAT"), MinValueValidator(Decimal(0)))
    vat_rule = models.CharField(
        _("what becomes of the VAT"), max_length=9, choices=VatRule.choices, default=VatRule.NONE
    )
    total = _money(_("total of the invoice"))
    file = models.ForeignKey(
        InvoiceFile, on_delete=models.PROTECT, related_name="invoices", verbose_name=_("file")
    )
    # Where the cluster or the partner pays the provider: when it did, and what shows it.
    paid_on = models.DateField(_("paid to the provider on"), null=True)
    proof = models.ForeignKey(
        InvoiceFile,
        on_delete=models.PROTECT,
        null=True,
        related_name="proves",
        verbose_name=_("proof of payment"),
    )
    claimed = models.DecimalField(
        _("claimed of it"), max_digits=18, decimal_places=3, default=0, editable=False
    )
    # Whether it counts against other claims of the same invoice: what came back does not.
    stands = models.BooleanField(_("counts"), default=True, editable=False)
    # An officer may say why the same invoice is claimed in another claim as well.
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("allowed by"),
    )
    shared_at = models.DateTimeField(_("may be claimed once more"), null=True)
    shared_reason = models.TextField(_("why the invoice is claimed more than once"), blank=True)

    ENFORCED = SENTENCES_OF_INVOICES

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["pk"]
        indexes = [
            # What is alike: the same number, the same amount on the same day.
            models.Index(fields=["key"], name="invoice_by_number"),
            models.Index(fields=["invoiced_on", "total"], name="invoice_by_day_and_total"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "key"],
                condition=Q(stands=True, shared_at__isnull=True),
                name="an_invoice_is_claimed_once",
                violation_error_message=_(
                    "This invoice of the provider is claimed already. If something of it is left, "
                    "ask your country partner to say so on the claim that stands."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(key=""),
                name="an_invoice_has_a_number",
                violation_error_message=_(
                    "Write the number of the invoice, with its letters and digits."
                ),
            ),
            models.CheckConstraint(
                condition=Q(net__gte=0, vat__gte=0, total__gt=0) & Q(total=F("net") + F("vat")),
                name="an_invoice_adds_up",
                violation_error_message=_("The amount without VAT and the VAT make the total."),
            ),
            models.CheckConstraint(
                condition=~Q(vat_rule="none") | Q(vat=0),
                name="what_is_not_charged_is_zero",
                violation_error_message=_("Say what becomes of the VAT of this invoice."),
            ),
            models.CheckConstraint(
                condition=Q(claimed__gte=0) & Q(claimed__lte=_CLAIMABLE),
                name="an_invoice_bears_what_is_claimed",
                violation_error_message=_("The lines come to more than can be claimed of it."),
            ),
            models.CheckConstraint(
                condition=Q(shared_at__isnull=True, shared_by__isnull=True, shared_reason="")
                | (Q(shared_at__isnull=False, shared_by__isnull=False) & ~Q(shared_reason="")),
                name="an_invoice_is_shared_for_a_reason",
                violation_error_message=_("Say why the invoice is claimed more than once."),
            ),
        ]
        triggers = [
            fixed(
                *("claim", "provider", "number", "key", "invoiced_on", "currency"),
                *("net", "vat", "vat_rule", "total", "file", "paid_on", "proof"),
            ),
            refuses(
                "proved_as_its_way_says",
                pgtrigger.Insert,
                PROVED_AS_ITS_WAY_SAYS,
                "Whoever paid the invoice hands in when, and what shows it; else nobody paid it yet.",
            ),
            kept_by_triggers("claimed", "stands"),
            never_deleted(),
            pgtrigger.Trigger(
                name="belongs_to_its_claim",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=OF_ITS_CLAIM,
                declare=[("found", "RECORD")],
            ),
            pgtrigger.Trigger(
                name="is_claimed_by_lines_at_the_end",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func=is_its_lines("NEW.claim_id"),
            ),
            pgtrigger.Trigger(
                name="stays_within_its_invoice",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("claimed"),
                func=WITHIN_ITS_INVOICE,
                declare=[("other", "RECORD"), ("asked", "numeric")],
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def claimable(self) -> Decimal:
        """What can be claimed of the whole invoice, in its currency."""
        return claimable(net=self.net, vat=self.vat, rule=self.vat_rule)
