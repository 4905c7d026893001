"""In which parts the money of a correction comes back, or does not."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import fixed, never_deleted, refuses, written_on
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.payments.models import PaymentOrder

from .corrections import Correction
from .enforced import ENTERED_STANDS, PART_HOLDS, WITHIN_ITS_CORRECTION


@follows_its_flow
@pghistory.track()
class Recovery(models.Model):
    """A part of a correction (EUR): received, set off against a payment, or waived.

    One person writes it down and another confirms it; a set-off is confirmed with the booking of its
    payment, by whoever books that.
    """

    class Kind(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("part of a recovery", "received")
        SET_OFF = "set_off", pgettext_lazy("part of a recovery", "set off")
        WAIVED = "waived", pgettext_lazy("part of a recovery", "waived")

    class State(States):
        WAITING = "waiting", Tone.WAITING, pgettext_lazy("part of a recovery", "to be confirmed")
        ENTERED = "entered", Tone.GOOD, pgettext_lazy("part of a recovery", "entered")
        VOID = "void", Tone.QUIET, pgettext_lazy("part of a recovery", "void")

    FLOW = Flow({State.WAITING: [State.ENTERED, State.VOID], State.ENTERED: [State.VOID]})
    LOCKED_AFTER = ("correction",)

    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.WAITING, editable=False
    )
    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="parts")
    kind = models.CharField(_("how"), max_length=8, choices=Kind.choices)
    amount = models.DecimalField(_("amount (EUR)"), max_digits=12, decimal_places=2)
    # Of what was received: the day and reference of the bank.
    received_on = models.DateField(_("received on"), null=True, blank=True)
    bank_reference = models.CharField(_("bank’s reference"), max_length=60, blank=True)
    reason = models.TextField(_("why it is waived"), blank=True)
    order = models.ForeignKey(
        PaymentOrder,
        on_delete=models.PROTECT,
        null=True,
        related_name="set_offs",
        verbose_name=_("payment order"),
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("written down by"),
    )
    entered_at = models.DateTimeField(_("written down"), auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)

    ENFORCED = {
        "no_more_comes_back_than_is_corrected": _(
            "No more can be recovered than is open of the correction."
        ),
        "a_part_is_of_a_correction_that_is_open": _(
            "Nothing is open of this correction any more: please look at it again."
        ),
    }

    class Meta:
        verbose_name = _("part of a recovery")
        verbose_name_plural = _("parts of recoveries")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="a_part_is_worth_something",
                violation_error_message=_(
                    "Write an amount of more than zero, and of no more than is open."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind="received", received_on__isnull=False, order=None, reason="")
                & ~Q(bank_reference="")
                | Q(kind="set_off", received_on=None, bank_reference="", reason="")
                & Q(order__isnull=False)
                | Q(kind="waived", received_on=None, bank_reference="", order=None) & ~Q(reason=""),
                name="a_part_says_how",
                violation_error_message=_(
                    "What was received has its day and reference, what is waived a reason."
                ),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("entered_by")),
                name="two_people_enter_a_recovery",
                violation_error_message=_("Somebody who did not write it down confirms it."),
            ),
            models.CheckConstraint(
                condition=~Q(state="entered")
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="a_part_says_who_confirmed_it",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
        ]
        triggers = [
            fixed(
                *("correction", "kind", "amount", "received_on", "bank_reference", "reason"),
                *("order", "entered_by", "entered_at"),
            ),
            written_on("entered", "confirmed_by", "confirmed_at"),
            refuses(
                "entered_stands",
                pgtrigger.Update,
                ENTERED_STANDS,
                "What two people entered stands.",
            ),
            pgtrigger.Trigger(
                name="within_its_correction",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("found", "RECORD")],
                func=WITHIN_ITS_CORRECTION,
            ),
            pgtrigger.Trigger(
                name="stands_in_the_books",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func=PART_HOLDS,
            ),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.correction} · {self.get_kind_display()}"
