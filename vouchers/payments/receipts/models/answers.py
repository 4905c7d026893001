"""What a payee said of a payment: facts that never change; a correction is the next answer."""

from __future__ import annotations

import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import append_only, refuses
from vouchers.payments.models import Currency

from .enforced import ANSWER_IS_SAID, BY_ANOTHER_LINK, NOT_THE_NEXT, SETTLED_ALREADY
from .links import ReceiptLink
from .receipts import Receipt


class AnswerKind(models.TextChoices):
    """Whether the money is there."""

    RECEIVED = "received", pgettext_lazy("answer of a payee", "Yes, the whole amount")
    DIFFERENT = "different", pgettext_lazy("answer of a payee", "Yes, but another amount")
    MISSING = "missing", pgettext_lazy("answer of a payee", "No, nothing has arrived")


class ReceiptAnswer(models.Model):
    """One answer by the link: what arrived, on which day, and what the payee says of it.

    An amount is there only where it is another than was paid, in the currency of the payee's account.
    """

    receipt = models.ForeignKey(
        Receipt, on_delete=models.PROTECT, related_name="answers", verbose_name=_("receipt")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("Has the money arrived?"), max_length=9, choices=AnswerKind.choices)
    received_on = models.DateField(_("on which day"), null=True, blank=True)
    amount = models.DecimalField(
        _("amount that arrived"),
        max_digits=18,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    currency = models.CharField(
        _("currency"), max_length=3, choices=Currency.choices, blank=True, default=""
    )
    words = models.TextField(_("in your words"), blank=True)
    link = models.ForeignKey(ReceiptLink, on_delete=models.PROTECT, related_name="answers")
    answered_at = models.DateTimeField(_("answered"), default=timezone.now)

    ENFORCED = {
        "a_receipt_says_what_was_answered": _(
            "Somebody has just answered for this payment: please look at it again."
        ),
    }

    class Meta:
        verbose_name = _("answer of a payee")
        verbose_name_plural = _("answers of payees")
        ordering = ["receipt", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["receipt", "number"],
                name="one_receipt_answer_per_number",
                violation_error_message=_("Somebody else has just answered for this payment."),
            ),
            models.CheckConstraint(
                condition=Q(kind="missing", received_on=None)
                | (~Q(kind="missing") & Q(received_on__isnull=False)),
                name="what_arrived_has_its_day",
                violation_error_message=_("Say on which day it arrived."),
            ),
            models.CheckConstraint(
                condition=Q(kind="different", amount__gt=0) & ~Q(currency="")
                | ~Q(kind="different") & Q(amount=None, currency=""),
                name="another_amount_is_said",
                violation_error_message=_("Write the amount that arrived, and its currency."),
            ),
        ]
        triggers = [
            append_only(),
            refuses(
                "counted_one_by_one",
                pgtrigger.Insert,
                NOT_THE_NEXT,
                "Answers are counted one by one.",
            ),
            refuses(
                "by_its_link",
                pgtrigger.Insert,
                BY_ANOTHER_LINK,
                "This link is for another payment.",
            ),
            refuses(
                "not_once_settled",
                pgtrigger.Insert,
                SETTLED_ALREADY,
                "Finance has settled this: nothing more is taken.",
            ),
            pgtrigger.Trigger(
                name="is_what_the_receipt_says",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func=ANSWER_IS_SAID,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt} · {self.number}"
