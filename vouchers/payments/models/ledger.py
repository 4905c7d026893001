"""The ledger: every movement on a voucher."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import OwnersTrigger, append_only
from documents.wording import amount_in_text
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


# The claim's row is locked, so that nobody gives it back while its entry is written: of the two
# the second finds what the first did.
_FOLLOW_THE_CLAIM = """
    SELECT * INTO claim FROM vouchers_claim WHERE id = NEW.claim_id FOR NO KEY UPDATE;
    IF NEW.voucher_id <> claim.voucher_id THEN
        RAISE EXCEPTION 'an entry stands on the voucher of its claim'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'an_entry_follows_its_claim';
    END IF;
    IF NEW.corrects_id IS NULL THEN
        IF NEW.amount <> claim.amount OR NOT (
            (NEW.kind = 'approval' AND claim.state = 'approved')
            OR (NEW.kind = 'payment' AND claim.state = 'paid')
        ) THEN
            RAISE EXCEPTION 'an entry states the amount of its claim, as that is approved or paid'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'an_entry_follows_its_claim';
        END IF;
    ELSE
        SELECT * INTO corrected FROM vouchers_ledgerentry WHERE id = NEW.corrects_id;
        IF corrected.claim_id <> NEW.claim_id OR corrected.kind <> NEW.kind
            OR corrected.amount <> -NEW.amount OR corrected.corrects_id IS NOT NULL
        THEN
            RAISE EXCEPTION 'a counter-entry mirrors claim, kind and amount of what it corrects'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'a_counter_entry_mirrors';
        END IF;
    END IF;
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
                violation_error_message=_("This is in the ledger already."),
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, amount__gt=0)
                | (Q(corrects__isnull=False, amount__lt=0) & ~Q(note="")),
                name="a_counter_entry_is_negative_and_explained",
                violation_error_message=_(
                    "A counter-entry takes an amount back and says why; every other entry is more "
                    "than zero."
                ),
            ),
        ]
        triggers = [
            append_only(),
            pgtrigger.Trigger(
                name="follows_its_claim",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[
                    ("claim", "vouchers_claim%ROWTYPE"),
                    ("corrected", "vouchers_ledgerentry%ROWTYPE"),
                ],
                func=_FOLLOW_THE_CLAIM,
            ),
            OwnersTrigger(
                name="keeps_the_sums_of_the_voucher",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=_KEEP_SUMS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {amount_in_text(self.amount)}"
