"""What a payee is told of a payment that came back: payees have no account here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, never_deleted, written_once
from vouchers.payments.models import PaymentOrder


class PayeeMail(models.Model):
    """One e-mail to the payee of what the bank gave back: a row first, sent once by a worker."""

    payment = models.OneToOneField(
        PaymentOrder, on_delete=models.PROTECT, related_name="payee_mail"
    )
    to = models.EmailField(_("e-mail address"))
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)

    class Meta:
        verbose_name = _("e-mail to a payee")
        verbose_name_plural = _("e-mails to payees")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["written_at"], condition=Q(sent_at=None), name="payee_mails_unsent"
            ),
        ]
        triggers = [
            fixed("payment", "to", "written_at"),
            written_once("sent_at"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.payment} · {self.to}"

    @property
    def email(self) -> str:
        """The address, as rows with one are asked for it (`mark_returned`)."""
        return self.to
