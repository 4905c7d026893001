"""What was found of a claim, line by line, and what was found later of what was set aside."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import OwnersTrigger, append_only
from vouchers.calls.models.terms.control import ErrorType
from vouchers.payments.models.claims import Claim
from vouchers.payments.models.lines import ClaimLine

from .checklists import ControlChecklist
from .enforced import (
    BELONGS_TO_ITS_CONTROL,
    CONTROLS_ITS_CLAIM,
    FINDS_EVERY_LINE,
    KEEPS_WHAT_IS_FOUND,
    SENTENCES_OF_CONTROLS,
)


class Control(models.Model):
    """One control of a claim: it verifies it, or decides later on what was set aside.

    The one that verified it is the claim's `control`. Until the claim is approved it may be sent back
    (SentBack): then it counts no more, and the next one verifies the claim anew.
    `answers` are those to the questions of the checklist, in its order: an Answer and a remark each.
    `further` is the claim by which a later control has a part paid that had been set aside. Where that
    comes back unapproved, the control counts no more, and the one before it stands.
    """

    class Answer(models.TextChoices):
        YES = "yes", pgettext_lazy("answer in a checklist", "yes")
        NO = "no", pgettext_lazy("answer in a checklist", "no")
        NOT_APPLICABLE = "na", pgettext_lazy("answer in a checklist", "not applicable")

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="controls")
    number = models.PositiveSmallIntegerField(_("number"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("controlled"), auto_now_add=True)
    checklist = models.ForeignKey(
        ControlChecklist, on_delete=models.PROTECT, null=True, related_name="controls"
    )
    answers = models.JSONField(_("answers"), default=list)
    sample_reason = models.TextField(_("why these lines were looked at in depth"), blank=True)
    # Of a later control: what was done about what it was sent back for, or why what was set aside is
    # taken in, or refused.
    reason = models.TextField(_("reason"), blank=True)
    further = models.OneToOneField(
        Claim, on_delete=models.PROTECT, null=True, related_name="taken_in_by"
    )

    ENFORCED = SENTENCES_OF_CONTROLS

    class Meta:
        verbose_name = _("control of a claim")
        verbose_name_plural = _("controls of claims")
        ordering = ["claim", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "number"],
                name="controls_have_their_order",
                violation_error_message=_(
                    "Somebody has just controlled this claim: please look at it again."
                ),
            ),
            models.CheckConstraint(
                condition=Q(number=1, further=None) | Q(number__gt=1) & ~Q(reason=""),
                name="a_later_control_says_why",
                violation_error_message=_("A later control says why, or what was changed."),
            ),
        ]
        triggers = [
            append_only(),
            pgtrigger.Trigger(
                name="controls_its_claim",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("found", "RECORD")],
                func=CONTROLS_ITS_CLAIM,
            ),
            pgtrigger.Trigger(
                name="finds_every_line_at_the_end",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                declare=[("found", "RECORD")],
                func=FINDS_EVERY_LINE,
            ),
        ]

    def __str__(self) -> str:
        # In the history of its claim: nothing is read for it.
        return str(_("Control %(number)s") % {"number": self.number})


class ControlledLine(models.Model):
    """What a control found of a line; EUR. `amount` is what the line declares."""

    control = models.ForeignKey(Control, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(ClaimLine, on_delete=models.PROTECT, related_name="found")
    amount = models.DecimalField(_("declared (EUR)"), max_digits=12, decimal_places=2)
    eligible = models.DecimalField(_("eligible (EUR)"), max_digits=12, decimal_places=2)
    deducted = models.DecimalField(_("deducted (EUR)"), max_digits=12, decimal_places=2, default=0)
    error_type = models.CharField(
        _("type of error"), max_length=12, choices=ErrorType.choices, blank=True
    )
    reason = models.TextField(_("why it is deducted"), blank=True)
    parked = models.DecimalField(_("set aside (EUR)"), max_digits=12, decimal_places=2, default=0)
    park_reason = models.TextField(_("why it is set aside"), blank=True)
    sampled = models.BooleanField(_("looked at in depth"), default=False)

    ENFORCED = SENTENCES_OF_CONTROLS

    class Meta:
        verbose_name = _("controlled line")
        verbose_name_plural = _("controlled lines")
        ordering = ["control", "line"]
        constraints = [
            models.UniqueConstraint(
                fields=["control", "line"],
                name="a_line_is_controlled_once",
                violation_error_message=_("A control finds one thing of each line."),
            ),
            models.CheckConstraint(
                condition=Q(eligible__gte=0, deducted__gte=0, parked__gte=0)
                & Q(amount=F("eligible") + F("deducted") + F("parked")),
                name="what_is_found_is_what_was_declared",
                violation_error_message=_(
                    "Eligible, deducted and set aside come to what was declared."
                ),
            ),
            models.CheckConstraint(
                condition=Q(deducted=0, error_type="", reason="")
                | Q(deducted__gt=0) & ~Q(error_type="") & ~Q(reason=""),
                name="what_is_deducted_says_why",
                violation_error_message=_("Choose the type of error, and say why."),
            ),
            models.CheckConstraint(
                condition=Q(parked=0, park_reason="") | Q(parked__gt=0) & ~Q(park_reason=""),
                name="what_is_set_aside_says_why",
                violation_error_message=_("Say why it is set aside."),
            ),
        ]
        triggers = [
            append_only(),
            pgtrigger.Trigger(
                name="belongs_to_its_control",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("found", "RECORD"), ("before", "RECORD")],
                func=BELONGS_TO_ITS_CONTROL,
            ),
            OwnersTrigger(
                name="then_keeps_what_is_found",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                declare=[("controlled", "bigint"), ("target", "bigint")],
                func=KEEPS_WHAT_IS_FOUND,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.control} · {self.line_id}"
