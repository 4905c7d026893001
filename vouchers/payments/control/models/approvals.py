"""Who approved a claim: as many people as the call asks for its sum."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only
from vouchers.payments.models.claims import Claim

from .controls import Control
from .enforced import APPROVED_BY_OTHERS


class ClaimApproval(models.Model):
    """The word of one person that a controlled claim is paid; the last that is needed approves it."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="approvals")
    # What was looked at: where that is sent back, the approval counts no more.
    control = models.ForeignKey(Control, on_delete=models.PROTECT, related_name="approvals")
    # The how-manieth of its control.
    number = models.PositiveSmallIntegerField(_("number"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="claim_approvals"
    )
    at = models.DateTimeField(_("approved"), auto_now_add=True)

    ENFORCED = {
        "control_and_approval_are_two_people": _(
            "You controlled this claim: somebody else approves it."
        ),
        "each_step_of_a_claim_has_its_own_person": _("You took an earlier step of this claim."),
        "an_approval_is_of_a_verified_claim": _(
            "Somebody has just done something with this claim: please look at it again."
        ),
    }

    class Meta:
        verbose_name = _("approval of a claim")
        verbose_name_plural = _("approvals of claims")
        ordering = ["claim", "control", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["control", "person"],
                name="nobody_approves_a_claim_twice",
                violation_error_message=_(
                    "You approved this claim already: somebody else is needed."
                ),
            ),
            models.UniqueConstraint(
                fields=["control", "number"],
                name="approvals_have_their_order",
                violation_error_message=_(
                    "Somebody has just approved this claim: please look at it again."
                ),
            ),
        ]
        triggers = [
            append_only(),
            pgtrigger.Trigger(
                name="given_by_others",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("found", "RECORD")],
                func=APPROVED_BY_OTHERS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim} · {self.number}"
