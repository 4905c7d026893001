"""The bank's word on a payment (pain.002): accepted, waiting, rejected with reasons."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only
from vouchers.payments.batches.models import PaymentBatch
from vouchers.payments.models import PaymentOrder

from .files import BankFile


class PaymentStatus(models.Model):
    """What a report of the bank says of one payment (codes of ISO 20022), and what was done about it."""

    class Outcome(models.TextChoices):
        NOTED = "noted", _("noted")
        GIVEN_BACK = "given_back", _("payable again")
        # What was rejected was the second copy of a file, or is paid, or came back before.
        NOT_FOLLOWED = "not_followed", _("not followed: the payment stands otherwise")

    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="words")
    batch = models.ForeignKey(PaymentBatch, on_delete=models.PROTECT, related_name="words")
    payment = models.ForeignKey(PaymentOrder, on_delete=models.PROTECT, related_name="words")
    status = models.CharField(_("status"), max_length=4)
    reasons = ArrayField(models.CharField(max_length=35), verbose_name=_("reasons"), default=list)
    text = models.CharField(_("words of the bank"), max_length=500, blank=True)
    said_on = models.DateField(_("said on"))
    outcome = models.CharField(
        _("what was done"), max_length=12, choices=Outcome.choices, default=Outcome.NOTED
    )

    class Meta:
        verbose_name = _("bank’s word on a payment")
        verbose_name_plural = _("bank’s words on payments")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "payment"],
                name="one_word_of_a_file_on_a_payment",
                violation_error_message=_("The file says two things of one payment."),
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.payment.reference} {self.status}"
