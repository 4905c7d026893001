"""The rows of a batch, locked in one order: its vouchers, its claims, both by their keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from conduct.actions import OutOfOrder, judged, locked
from vouchers.awards.models import Voucher
from vouchers.payments.batches.models import PaymentBatch
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.payments.recoveries.actions import lock_vouchers_of

Record = TypeVar("Record", bound=Model)


def locked_claims(claims: Iterable[int]) -> list[Claim]:
    """The claims of these ids, fresh and locked after their vouchers, as `locked` does it for one."""
    wanted = set(claims)
    vouchers = Claim.objects.filter(pk__in=wanted).values("voucher")
    list(_rows(Voucher).filter(pk__in=vouchers).values_list("pk", flat=True))
    found = list(
        _rows(Claim)
        .filter(pk__in=wanted)
        .select_related(
            "provider",
            "cluster__country",
            "partner__country",
            "voucher__award__application__country",
            "voucher__award__application__call",
            "policy",
        )
        # Who did what for each, which is asked before anybody may do more.
        .prefetch_related("approvals", "sent_back__control")
    )
    if len(found) != len(wanted):
        raise OutOfOrder(_("One of these claims is not there any more."))
    return found


def locked_payments(batch: PaymentBatch) -> list[PaymentOrder]:
    """The payments of a batch that is locked, each with its claim, fresh and locked, by instruction."""
    payments = list(
        batch.payments.select_related("account", "bank_details").order_by("instruction")
    )
    lock_vouchers_of([payment.pk for payment in payments])
    claims = {claim.pk: claim for claim in locked_claims(one.claim_id for one in payments)}
    for payment in payments:
        payment.batch, payment.claim = batch, claims[payment.claim_id]
    return payments


def place_in_books(claim: Claim) -> tuple[int, int]:
    """Sorts claims as they are entered in the books: call by call.

    Each call has books of its own, which are locked until the end. All who enter for several calls take
    them in one order, whether they order, revalue or give back.
    """
    return claim.voucher.award.application.call_id, claim.pk


def by_books(payment: PaymentOrder) -> tuple[int, int]:
    """Sorts payments so."""
    return place_in_books(payment.claim)


def judged_with_set_offs(order: PaymentOrder, *judging: Any, **told: Any) -> PaymentOrder:
    """The payment as `judged` gives it back, once all vouchers that it moves money on are locked."""
    locked(order.batch)
    lock_vouchers_of([order.pk])
    return judged(order, *judging, **told)


def _rows(model: type[Record]) -> QuerySet[Record]:
    rows = model._default_manager.select_for_update(of=("self",), no_key=True)
    return rows.order_by("pk")
