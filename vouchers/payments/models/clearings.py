"""What of an advance is cleared by the cost of a claim."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import OwnersTrigger, fixed, never_deleted, written_once

from .claims import Claim

# Of a claim that is being approved, against a paid advance of the same voucher, and of no more than is
# left of it. Of two at the same instant the second waits for the advance's row.
_OF_A_PAID_ADVANCE = """
    SELECT advance.amount, advance.is_advance, advance.state, advance.voucher_id INTO target
        FROM vouchers_claim advance WHERE advance.id = NEW.advance_id FOR NO KEY UPDATE;
    IF NOT target.is_advance OR target.state <> 'paid' OR NOT EXISTS (
        SELECT FROM vouchers_claim claim WHERE claim.id = NEW.claim_id AND NOT claim.is_advance
            AND claim.state = 'verified' AND claim.voucher_id = target.voucher_id
    ) THEN
        RAISE EXCEPTION 'cost is cleared against a paid advance of its voucher' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'cost_is_cleared_against_an_advance';
    END IF;
    IF NEW.amount > target.amount - COALESCE((
        SELECT sum(amount) FROM vouchers_clearing
        WHERE advance_id = NEW.advance_id AND undone_at IS NULL
    ), 0) - COALESCE((
        SELECT sum(amount) FROM vouchers_correction
        WHERE claim_id = NEW.advance_id AND state NOT IN ('proposed', 'refused')
    ), 0) THEN
        RAISE EXCEPTION 'no more is cleared than was advanced' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'no_more_is_cleared_than_advanced';
    END IF;
    RETURN NEW;
"""
_KEEP_THE_SUM = """
    UPDATE vouchers_claim SET cleared = (
        SELECT COALESCE(sum(amount), 0) FROM vouchers_clearing
        WHERE claim_id = NEW.claim_id AND undone_at IS NULL
    ) WHERE id = NEW.claim_id;
    RETURN NEW;
"""
# At the end of the transaction: what is cleared, and what is not any more, stands in the books.
_STANDS_IN_THE_BOOKS = """
    IF NOT EXISTS (
        SELECT FROM vouchers_ledgerentry WHERE source_type = 'clearing' AND source_id = NEW.id
            AND kind = CASE WHEN NEW.undone_at IS NULL THEN 'clearing' ELSE 'unclearing' END
    ) THEN
        RAISE EXCEPTION 'what is cleared stands in the ledger' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_clearing_stands_in_the_ledger';
    END IF;
    RETURN NULL;
"""


@pghistory.track()
class Clearing(models.Model):
    """So much of an advance (EUR) is cleared by the cost of a claim, with its approval.

    Undone where that approval is reversed.
    """

    LOCKED_AFTER = ("claim",)

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="clearings")
    advance = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="cleared_by")
    amount = models.DecimalField(_("amount (EUR)"), max_digits=12, decimal_places=2)
    made_at = models.DateTimeField(_("cleared"), auto_now_add=True)
    undone_at = models.DateTimeField(_("undone"), null=True)

    ENFORCED = {
        "no_more_is_cleared_than_advanced": _("No more is cleared than was advanced."),
        "cost_is_cleared_against_an_advance": _(
            "Somebody has just done something with this claim: please look at it again."
        ),
    }

    class Meta:
        verbose_name = _("clearing of an advance")
        verbose_name_plural = _("clearings of advances")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="a_clearing_is_of_something",
                violation_error_message=_("Write an amount of more than zero."),
            ),
        ]
        triggers = [
            fixed("claim", "advance", "amount", "made_at"),
            written_once("undone_at"),
            never_deleted(),
            pgtrigger.Trigger(
                name="is_of_a_paid_advance",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("target", "RECORD")],
                func=_OF_A_PAID_ADVANCE,
            ),
            OwnersTrigger(
                name="then_keeps_the_sum",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_KEEP_THE_SUM,
            ),
            pgtrigger.Trigger(
                name="stands_in_the_books",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func=_STANDS_IN_THE_BOOKS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim} · {self.advance}"
