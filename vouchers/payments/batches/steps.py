"""What comes next for a batch, whose turn it is, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from vouchers.applications.steps import YOU, Step
from vouchers.payments.control.rules.separations import Duty

from .models import PaymentBatch
from .permissions import batches_open_to, may_export_batch

_State = PaymentBatch.State


def batch_step(batch: PaymentBatch, user: User) -> Step:
    """The next step of a batch as the person sees it; its buttons are on the batch's page."""
    return batch_steps([batch], user)[0]


def batch_steps(batches: Sequence[PaymentBatch], user: User) -> list[Step]:
    """The next step of each batch, as `batch_step`; at most two queries, however many."""
    proposed = [one for one in batches if one.state == _State.PROPOSED]
    outside = [one for one in batches if one.state in PaymentBatch.OUTSIDE]
    own = batches_open_to(user, Duty.SIGNATORY, proposed)
    own |= batches_open_to(user, Duty.BOOKER, outside)
    authorised = [one for one in batches if one.state == _State.AUTHORISED]
    own |= {one.pk for one in authorised if may_export_batch.test(user, one)}
    return [_step(one, is_own=one.pk in own) for one in batches]


def _step(batch: PaymentBatch, *, is_own: bool) -> Step:
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
        return Step(text, YOU if is_own else _("a finance officer or coordinator"))
    if batch.state == _State.AUTHORISED:
        text = _("Make the file, and hand it over to the bank.")
        return Step(text, YOU if is_own else _("a finance officer"))
    text = _("Take in the bank’s answer, and confirm what it paid and what it gave back.")
    if is_own:
        return Step(text, YOU, reverse("bank:upload"), _("Take in a file of the bank"))
    return Step(text, _("a finance officer who neither proposed nor authorised"))


def waits_since(batch: PaymentBatch) -> datetime | None:
    """Since when the batch waits for its next step; None once nothing is to be done."""
    if batch.state in (_State.SETTLED, _State.CANCELLED):
        return None
    moments = (
        *(batch.acknowledged_at, batch.exported_at, batch.second_at, batch.first_at),
        batch.proposed_at,
    )
    return next(moment for moment in moments if moment is not None)
