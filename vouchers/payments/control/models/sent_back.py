"""A control that an approver sent back: why, and at which lines. It is done anew by the next one."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import OwnersTrigger, append_only
from vouchers.payments.models.claims import Claim
from vouchers.payments.models.lines import ClaimLine

from .controls import Control
from .enforced import (
    COUNTS_NO_MORE,
    IS_CONTROLLED_ANEW,
    REMARK_OF_ITS_CLAIM,
    SENT_BACK_BY_OTHERS,
)


class SentBack(models.Model):
    """The word of an approver that a control is done anew, and why.

    The control counts no more, nor do the approvals given on it; the controller finds in the next one
    what it said. Whoever made it still approves nothing of the claim.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="sent_back")
    control = models.OneToOneField(Control, on_delete=models.PROTECT, related_name="sent_back")
    reason = models.TextField(_("reason"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(_("sent back"), auto_now_add=True)

    ENFORCED = {
        "who_controlled_sends_nothing_back": _(
            "You controlled this claim: somebody else approves it, or sends it back."
        ),
        "each_step_of_a_claim_has_its_own_person": _("You took an earlier step of this claim."),
        "a_control_is_sent_back_before_the_approval": _(
            "Somebody has just done something with this claim: please look at it again."
        ),
    }

    class Meta:
        verbose_name = _("control sent back")
        verbose_name_plural = _("controls sent back")
        ordering = ["claim", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="a_control_is_sent_back_for_a_reason",
                violation_error_message=_("Say why you send it back."),
            ),
        ]
        triggers = [
            append_only(),
            pgtrigger.Trigger(
                name="sent_back_by_others",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("found", "RECORD")],
                func=SENT_BACK_BY_OTHERS,
            ),
            pgtrigger.Trigger(
                name="is_controlled_anew_at_the_end",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func=IS_CONTROLLED_ANEW,
            ),
            OwnersTrigger(
                name="then_counts_no_more",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=COUNTS_NO_MORE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.control} · {self.reason[:60]}"


class RemarkOnLine(models.Model):
    """What an approver says of one line of a control that is sent back."""

    sent_back = models.ForeignKey(SentBack, on_delete=models.PROTECT, related_name="remarks")
    line = models.ForeignKey(ClaimLine, on_delete=models.PROTECT, related_name="remarks")
    text = models.TextField(_("remark"))

    class Meta:
        verbose_name = _("remark on a line of a claim")
        verbose_name_plural = _("remarks on lines of claims")
        ordering = ["sent_back", "line"]
        constraints = [
            models.UniqueConstraint(
                fields=["sent_back", "line"],
                name="a_line_has_one_remark",
                violation_error_message=_("Say everything about a line in one remark."),
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="a_remark_on_a_line_says_something",
                violation_error_message=_("Write what the remark is."),
            ),
        ]
        triggers = [
            append_only(),
            pgtrigger.Trigger(
                name="of_its_claim",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=REMARK_OF_ITS_CLAIM,
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
