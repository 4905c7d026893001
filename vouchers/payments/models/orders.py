"""The order to the bank."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, never_deleted, refuses, written_once
from vouchers.providers.models import ProviderAccount

from .claims import Claim
from .enforced import TO_A_VERIFIED_ACCOUNT

_AS_CLAIMED = """NOT EXISTS (
    SELECT FROM vouchers_claim claim
    WHERE claim.id = NEW.claim_id AND claim.state = 'ordered' AND claim.amount = NEW.amount
)"""


@pghistory.track(exclude=["bank_reference_key"])
class PaymentOrder(models.Model):
    """The order to the bank: whom, on which account, how much; and the proof that it was paid."""

    LOCKED_AFTER = ("claim",)

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="payment_order")
    reference = models.CharField(_("reference"), max_length=40, unique=True)
    # Payee and account as they were when the order was given.
    payee = models.CharField(_("payee"), max_length=200)
    bank_account = models.CharField(_("bank account"), max_length=34)
    account = models.ForeignKey(
        ProviderAccount, on_delete=models.PROTECT, related_name="orders", editable=False
    )
    amount = models.DecimalField(_("amount (EUR)"), max_digits=12, decimal_places=2)
    ordered_at = models.DateTimeField(_("ordered"), auto_now_add=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    bank_reference = models.CharField(_("bank's reference"), max_length=60, blank=True)
    # The reference as it is compared (rules.invoices.key_of), and whose bank gave it.
    bank_reference_key = models.CharField(max_length=200, blank=True, editable=False)
    paying_account = models.CharField(_("paid from"), max_length=60, blank=True)

    # What triggers refuse, in sentences (see conduct.actions.acting.constraints_of).
    ENFORCED = {
        "an_order_goes_to_a_verified_account": _(
            "The provider's account has to be verified by a second person before money goes to it."
        ),
        "an_order_waits_until_an_account_is_usable": _(
            "The provider's account was verified, and cools down: nothing is ordered to it yet."
        ),
    }

    class Meta:
        verbose_name = _("payment order")
        verbose_name_plural = _("payment orders")
        ordering = ["-ordered_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True, bank_reference="")
                | (Q(paid_on__isnull=False) & ~Q(bank_reference="")),
                name="a_payment_has_a_date_and_a_bank_reference",
                violation_error_message=_("A payment has a date and the bank's reference."),
            ),
            models.CheckConstraint(
                condition=Q(bank_reference="", bank_reference_key="", paying_account="")
                | ~(Q(bank_reference_key="") | Q(paying_account="")),
                name="a_bank_reference_is_kept_to_be_compared",
                violation_error_message=_(
                    "Write the bank's reference, with its letters and digits."
                ),
            ),
            models.UniqueConstraint(
                fields=["paying_account", "bank_reference_key"],
                condition=~Q(bank_reference_key=""),
                name="one_payment_per_bank_reference",
                violation_error_message=_(
                    "This reference of the bank stands for another payment already: look at the "
                    "statement of the account again."
                ),
            ),
        ]
        triggers = [
            refuses(
                "ordered_as_approved",
                pgtrigger.Insert,
                _AS_CLAIMED,
                "An order pays the amount of a claim that is being ordered.",
            ),
            fixed(
                *("claim", "reference", "payee", "bank_account", "account", "amount", "ordered_at"),
            ),
            written_once("paid_on", "bank_reference", "bank_reference_key", "paying_account"),
            never_deleted(),
            pgtrigger.Trigger(
                name="goes_to_a_verified_account",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=TO_A_VERIFIED_ACCOUNT,
                declare=[("found", "RECORD")],
            ),
        ]

    def __str__(self) -> str:
        return self.reference
