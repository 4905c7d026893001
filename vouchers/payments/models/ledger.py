"""The ledger: every movement on a voucher."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vouchers.awards.models import Voucher

from .claims import Claim

# The voucher's two sums carry the CHECKs; updating them locks the voucher's row, so that two
# approvals at the same instant are decided one after the other (design, rule 2).
_KEEP_SUMS = """
    UPDATE vouchers_voucher SET
        approved = approved + CASE WHEN NEW.kind = 'approval' THEN NEW.amount ELSE 0 END,
        paid = paid + CASE WHEN NEW.kind = 'payment' THEN NEW.amount ELSE 0 END
        WHERE id = NEW.voucher_id;
    RETURN NEW;
"""


class LedgerEntry(models.Model):
    """One movement on a voucher. Never changed: a mistake is corrected by a counter-entry."""

    class Kind(models.TextChoices):
        APPROVAL = "approval", _("approval")
        PAYMENT = "payment", _("payment")

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="ledger")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="ledger")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    # EUR; negative in a counter-entry.
    amount = models.DecimalField(_("amount (EUR)"), max_digits=12, decimal_places=2)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="correction"
    )
    note = models.TextField(_("note"), blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["entered_at", "pk"]
        constraints = [
            # Nothing is approved or paid twice.
            models.UniqueConstraint(
                fields=["claim", "kind"],
                condition=Q(corrects__isnull=True),
                name="one_entry_per_claim_and_kind",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, amount__gt=0)
                | (Q(corrects__isnull=False, amount__lt=0) & ~Q(note="")),
                name="a_counter_entry_is_negative_and_explained",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="keeps_the_sums_of_the_voucher",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=_KEEP_SUMS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount} EUR"
