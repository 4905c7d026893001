"""The personal link by which a payee says whether a payment has arrived."""

from __future__ import annotations

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import fixed
from links.models import UNTRACKED, PersonalLink
from vouchers.payments.receipts.rules.days import FIRST, REMINDER, SECOND_REMINDER

from .receipts import Receipt


class ReceiptMail(models.TextChoices):
    """With which mail the link goes; each but the last kind once for a receipt."""

    FIRST = FIRST, pgettext_lazy("a link by e-mail", "asked")
    REMINDER = REMINDER, _("reminded")
    SECOND_REMINDER = SECOND_REMINDER, _("reminded again")
    ANEW = "anew", _("sent anew")


@pghistory.track(exclude=UNTRACKED)
class ReceiptLink(PersonalLink):
    """The link of one receipt. Nobody keeps a secret, so that each reminder brings another one."""

    SUBJECT = ("receipt",)
    PAGE = "receipts:answer"
    MAIL = "receipts/mails/link"

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="links")
    mail = models.CharField(_("mail"), max_length=8, choices=ReceiptMail.choices)

    LOCKED_AFTER = ("receipt",)

    class Meta(PersonalLink.Meta):
        abstract = False
        verbose_name = _("personal link for a receipt")
        verbose_name_plural = _("personal links for receipts")
        constraints = [
            *PersonalLink.Meta.constraints,
            models.UniqueConstraint(
                fields=["receipt"],
                condition=Q(withdrawn_at=None, replaced_at=None),
                name="one_link_stands_for_a_receipt",
                violation_error_message=_("Somebody has just sent a link for this receipt."),
            ),
            models.UniqueConstraint(
                fields=["receipt", "mail"],
                condition=~Q(mail="anew"),
                name="each_mail_of_a_receipt_goes_once",
                violation_error_message=_("This mail has gone already."),
            ),
        ]
        triggers = [
            *PersonalLink.Meta.triggers,
            fixed("receipt", "mail", name="fixed_subject"),
        ]

    def mail_facts(self) -> dict[str, Any]:
        order = self.receipt.order
        return {"order": order, "voucher": order.claim.voucher}
