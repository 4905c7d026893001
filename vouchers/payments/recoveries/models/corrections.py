"""What an audit found wrong with a claim that was paid."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import (
    append_only,
    fixed,
    never_deleted,
    refuses,
    written_on,
    written_once,
)
from conduct.models.one_line import one_line
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.payments.models import Claim, ClaimLine

from .enforced import (
    CORRECTION_HOLDS,
    DEMANDS_MORE_THAN_IS_OUT,
    NOT_OF_A_PAID_CLAIM,
    SETTLED_IN_WHOLE,
    WITHIN_ITS_LINE,
)


class AuditBody(models.TextChoices):
    """Who asks for a correction."""

    CONTROLLER = "controller", _("controller")
    COORDINATOR = "coordinator", _("coordinator")
    COMMISSION = "commission", _("European Commission")
    AUDITORS = "auditors", _("European Court of Auditors")
    OLAF = "olaf", _("European Anti-Fraud Office (OLAF)")


@follows_its_flow
@pghistory.track()
class Correction(models.Model):
    """A correction of a paid claim after audit: proposed by one, decided by another, then recovered.

    Announced is what is decided: it stands in the ledger as to be recovered. Demanded is what a letter
    has asked the payee for, until a day. It is settled once all of it was received, set off or waived.
    """

    class State(States):
        PROPOSED = "proposed", Tone.WAITING, pgettext_lazy("correction", "proposed")
        REFUSED = "refused", Tone.QUIET, pgettext_lazy("correction", "not taken")
        ANNOUNCED = "announced", Tone.WAITING, pgettext_lazy("correction", "announced")
        DEMANDED = "demanded", Tone.WAITING, pgettext_lazy("correction", "demanded")
        SETTLED = "settled", Tone.GOOD, pgettext_lazy("correction", "settled")

    FLOW = Flow(
        {
            State.PROPOSED: [State.ANNOUNCED, State.REFUSED],
            State.ANNOUNCED: [State.DEMANDED, State.SETTLED],
            State.DEMANDED: [State.SETTLED],
            # Where the payment against which it was set off came back.
            State.SETTLED: [State.ANNOUNCED, State.DEMANDED],
        }
    )
    OPEN = (State.ANNOUNCED, State.DEMANDED)
    LOCKED_AFTER = ("claim",)

    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PROPOSED, editable=False
    )
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="corrections", verbose_name=_("claim")
    )
    reference = models.CharField(_("reference"), max_length=48, unique=True)
    body = models.CharField(_("who asks for it"), max_length=12, choices=AuditBody.choices)
    letter = models.CharField(_("reference of their letter"), max_length=100, validators=[one_line])
    letter_on = models.DateField(_("date of their letter"))
    reason = models.TextField(_("reason"))
    amount = models.DecimalField(_("amount (EUR)"), max_digits=12, decimal_places=2)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    refusal = models.TextField(_("why it is not taken"), blank=True)
    demanded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("demanded by"),
    )
    demanded_at = models.DateTimeField(_("demanded"), null=True)
    due_on = models.DateField(_("to be paid back by"), null=True)
    # From then on what is open is set off against the payee's next payments.
    set_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    set_off_at = models.DateTimeField(_("to be set off since"), null=True)
    # When finance was told that the day is over.
    reminded_at = models.DateTimeField(_("reminded"), null=True)

    class Meta:
        verbose_name = _("correction after audit")
        verbose_name_plural = _("corrections after audit")
        ordering = ["-proposed_at", "-pk"]
        indexes = [
            models.Index(fields=["-proposed_at", "-id"], name="corrections_newest"),
            models.Index(fields=["-amount", "-id"], name="corrections_largest"),
            models.Index(fields=["state", "due_on"], name="corrections_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(reason="") & ~Q(letter=""),
                name="a_correction_says_why",
                violation_error_message=_("Write the letter, the reason, and an amount."),
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by=None, decided_at=None)
                | ~Q(state="proposed") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="a_correction_says_who_decided",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="two_people_decide_a_correction",
                violation_error_message=_(
                    "Somebody who did not propose the correction decides it."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refusal=""),
                name="a_refused_correction_says_why",
                violation_error_message=_("Say why it is not taken."),
            ),
            models.CheckConstraint(
                condition=~Q(state="demanded")
                | Q(demanded_by__isnull=False, demanded_at__isnull=False, due_on__isnull=False),
                name="a_demand_has_its_day",
                violation_error_message=_("Write by which day it is to be paid back."),
            ),
            models.CheckConstraint(
                condition=Q(set_off_by=None, set_off_at=None)
                | Q(set_off_by__isnull=False, set_off_at__isnull=False),
                name="a_set_off_says_who_chose_it",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
        ]
        triggers = [
            fixed(
                *("claim", "reference", "body", "letter", "letter_on", "reason", "amount"),
                *("proposed_by", "proposed_at"),
            ),
            written_once("decided_by", "decided_at", "demanded_by", "demanded_at", "due_on"),
            written_on("refused", "refusal"),
            refuses(
                "of_a_paid_claim",
                pgtrigger.Insert,
                NOT_OF_A_PAID_CLAIM,
                "Only what is paid is corrected after an audit.",
            ),
            refuses(
                "demands_what_is_out",
                pgtrigger.Insert | pgtrigger.Update,
                DEMANDS_MORE_THAN_IS_OUT,
                "No more of an advance is demanded back than no cost has cleared.",
            ),
            refuses(
                "settled_in_whole",
                pgtrigger.Update,
                SETTLED_IN_WHOLE,
                "It is settled once nothing of it is open.",
            ),
            pgtrigger.Trigger(
                name="is_its_lines_and_in_the_books",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                declare=[("found", "RECORD")],
                func=CORRECTION_HOLDS.replace("%s", "NEW.id"),
            ),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("recoveries:correction", args=[self.pk])


class CorrectionLine(models.Model):
    """How much of one line of the claim is corrected (EUR); written with its correction."""

    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(ClaimLine, on_delete=models.PROTECT, related_name="corrections")
    amount = models.DecimalField(
        _("amount (EUR)"),
        max_digits=12,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )

    ENFORCED = {
        "no_more_is_corrected_than_paid": _(
            "No more can be corrected than is still paid of this line, after earlier corrections."
        ),
    }

    class Meta:
        verbose_name = _("line of a correction")
        verbose_name_plural = _("lines of a correction")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["correction", "line"],
                name="a_line_is_corrected_once_by_each",
                violation_error_message=_("This line is in the correction already."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="a_corrected_line_says_how_much",
                violation_error_message=_(
                    "Write amounts of more than zero, of lines of this claim."
                ),
            ),
        ]
        triggers = [
            append_only(),
            pgtrigger.Trigger(
                name="within_its_line",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("found", "RECORD"), ("target", "RECORD")],
                func=WITHIN_ITS_LINE,
            ),
            pgtrigger.Trigger(
                name="adds_up",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                declare=[("found", "RECORD")],
                func=CORRECTION_HOLDS.replace("%s", "NEW.correction_id"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.correction} · {self.line}"
