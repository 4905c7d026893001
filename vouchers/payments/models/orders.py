"""The order to the bank."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from records.guards import fixed, never_deleted, refuses, written_once

from .claims import Claim

_AS_CLAIMED = """NOT EXISTS (
    SELECT FROM vouchers_claim claim
    WHERE claim.id = NEW.claim_id AND claim.state = 'ordered' AND claim.amount = NEW.amount
)"""


@pghistory.track()
class PaymentOrder(models.Model):
    """The order to the bank: whom, on which account, how much; and the proof that it was paid."""

    LOCKED_AFTER = ("claim",)

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="payment_order")
    reference = models.CharField(_("reference"), max_length=40, unique=True)
    # Payee and account as they were when the order was given.
    payee = models.CharField(_("payee"), max_length=200)
    bank_account = models.CharField(_("bank account"), max_length=34)
    amount = models.DecimalField(_("amount (EUR)"), max_digits=12, decimal_places=2)
    ordered_at = models.DateTimeField(_("ordered"), auto_now_add=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    bank_reference = models.CharField(_("bank's reference"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("payment order")
        verbose_name_plural = _("payment orders")
        ordering = ["-ordered_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True, bank_reference="")
                | (Q(paid_on__isnull=False) & ~Q(bank_reference="")),
                name="a_payment_has_a_date_and_a_bank_reference",
            ),
        ]
        triggers = [
            refuses(
                "ordered_as_approved",
                pgtrigger.Insert,
                _AS_CLAIMED,
                "An order pays the amount of a claim that is being ordered.",
            ),
            fixed("claim", "reference", "payee", "bank_account", "amount", "ordered_at"),
            written_once("paid_on", "bank_reference"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return self.reference
