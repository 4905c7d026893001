"""What its control found of a claim, and which control that is."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class FoundOfClaim(models.Model):
    """What the claim keeps of its controls; empty before the first, and while it is sent back."""

    # The control that verified it; none while it is sent back.
    control = models.OneToOneField(
        "vouchers.Control",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="verifies",
    )
    # What that found; the ledger moves no other sum. EUR.
    eligible = models.DecimalField(
        _("eligible (EUR)"), max_digits=12, decimal_places=2, null=True, editable=False
    )
    # Kept by triggers: what the control that counts deducts, and what it sets aside.
    deducted = models.DecimalField(
        _("deducted (EUR)"), max_digits=12, decimal_places=2, default=0, editable=False
    )
    parked = models.DecimalField(
        _("set aside (EUR)"), max_digits=12, decimal_places=2, default=0, editable=False
    )
    # In force when it was controlled: from there on it says who may do what.
    policy = models.ForeignKey(
        "vouchers.SeparationPolicy",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="claims",
    )
    approvals_needed = models.PositiveSmallIntegerField(
        _("approvals needed"), null=True, editable=False
    )
    # When an approver last sent its control back.
    sent_back_at = models.DateTimeField(_("sent back"), null=True, editable=False)
    # Of the claim itself, by the control in force and by those that were sent back (see ClaimApproval).
    approvals: Any

    class Meta:
        abstract = True

    @property
    def approvals_given(self) -> list[Any]:
        """The approvals on the control in force, in order; those on one sent back do not count."""
        return [one for one in self.approvals.all() if one.control_id == self.control_id]
