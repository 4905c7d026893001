"""What comes next for a batch, whose turn it is, and since when."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from vouchers.applications.steps import YOU, Step

from .models import PaymentBatch
from .permissions import may_authorise_batch, may_book_batch, may_export_batch

_State = PaymentBatch.State


def batch_step(batch: PaymentBatch, user: User) -> Step:
    """The next step of a batch as the person sees it; its buttons are on the batch's page."""
    if batch.state == _State.SETTLED:
        return Step(_("The bank has said its last word on every payment."))
    if batch.state == _State.CANCELLED:
        return Step(_("The batch is cancelled; its claims can be proposed anew."))
    if batch.state == _State.PROPOSED:
        text = (
            _("Authorise the batch, as the second of two.")
            if batch.first_by_id
            else _("Authorise the batch: two people do, neither of them who proposed it.")
        )
        whose = (
            YOU if may_authorise_batch.test(user, batch) else _("a finance officer or coordinator")
        )
        return Step(text, whose)
    if batch.state == _State.AUTHORISED:
        whose = YOU if may_export_batch.test(user, batch) else _("a finance officer")
        return Step(_("Make the file, and hand it over to the bank."), whose)
    whose = (
        YOU
        if may_book_batch.test(user, batch)
        else _("a finance officer who neither proposed nor authorised")
    )
    return Step(
        _("Take in the bank’s answer, and confirm what it paid and what it gave back."),
        whose,
        reverse("bank:upload") if whose == YOU else "",
        _("Take in a file of the bank") if whose == YOU else "",
    )


def waits_since(batch: PaymentBatch) -> datetime | None:
    """Since when the batch waits for its next step; None once nothing is to be done."""
    if batch.state in (_State.SETTLED, _State.CANCELLED):
        return None
    moments = (
        *(batch.acknowledged_at, batch.exported_at, batch.second_at, batch.first_at),
        batch.proposed_at,
    )
    return next(moment for moment in moments if moment is not None)
