"""What a payee is asked once the bank has paid: whether it has arrived."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from conduct.models.guards import fixed, never_deleted, refuses, written_on
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.payments.models import PaymentOrder

from .enforced import NOT_PAID, RECEIPT_SAYS_IT, SETTLED_BY_WHO_BOOKED


@follows_its_flow
@pghistory.track()
class Receipt(models.Model):
    """The receipt of one payment: asked for when that is booked, given by the payee.

    What did not arrive, or as another amount, is disputed until the payee says that it did, or until
    somebody of finance who did not book it says how it was settled.
    """

    class State(States):
        ASKED = "asked", Tone.WAITING, pgettext_lazy("receipt", "not confirmed yet")
        CONFIRMED = "confirmed", Tone.GOOD, pgettext_lazy("receipt", "receipt confirmed")
        DISPUTED = "disputed", Tone.BAD, pgettext_lazy("receipt", "not received as paid")
        SETTLED = "settled", Tone.QUIET, pgettext_lazy("receipt", "settled by finance")

    FLOW = Flow(
        {
            State.ASKED: [State.CONFIRMED, State.DISPUTED],
            State.CONFIRMED: [State.DISPUTED],
            State.DISPUTED: [State.CONFIRMED, State.SETTLED],
        }
    )
    LOCKED_AFTER = ("order",)

    state = models.CharField(
        gettext_lazy("state"),
        max_length=10,
        choices=State.choices,
        default=State.ASKED,
        editable=False,
    )
    order = models.OneToOneField(
        PaymentOrder,
        on_delete=models.PROTECT,
        related_name="receipt",
        verbose_name=gettext_lazy("payment order"),
    )
    asked_at = models.DateTimeField(gettext_lazy("asked"), default=timezone.now)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=gettext_lazy("settled by"),
    )
    settled_at = models.DateTimeField(gettext_lazy("settled"), null=True)
    settled_how = models.TextField(gettext_lazy("how it was settled"), blank=True)

    class Meta:
        verbose_name = gettext_lazy("receipt")
        verbose_name_plural = gettext_lazy("receipts")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["-asked_at", "-id"], name="receipts_newest"),
            models.Index(fields=["state", "asked_at"], name="receipts_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="settled")
                | (Q(settled_by__isnull=False, settled_at__isnull=False) & ~Q(settled_how="")),
                name="a_settled_receipt_says_how",
                violation_error_message=gettext_lazy("Say how it was settled."),
            ),
        ]
        triggers = [
            fixed("order", "asked_at"),
            written_on("settled", "settled_by", "settled_at", "settled_how"),
            refuses(
                "of_what_is_paid",
                pgtrigger.Insert,
                NOT_PAID,
                "A payee is asked about what the bank has paid.",
            ),
            refuses(
                "settled_by_another",
                pgtrigger.Insert | pgtrigger.Update,
                SETTLED_BY_WHO_BOOKED,
                "Somebody who did not book the payment settles it.",
            ),
            pgtrigger.Trigger(
                name="says_what_was_answered",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func=RECEIPT_SAYS_IT,
            ),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return _("Receipt of %(order)s") % {"order": self.order.reference}

    def get_absolute_url(self) -> str:
        return reverse("receipts:receipt", args=[self.pk])
