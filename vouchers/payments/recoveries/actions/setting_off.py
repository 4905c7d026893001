"""What is set off goes the way of the payment: planned with it, entered with its booking, or dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q, QuerySet

from accounts.models import User
from conduct.actions import constraints_of, locked, move
from vouchers.awards.models import Voucher
from vouchers.books.actions import post
from vouchers.books.models import LedgerEntry
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.payments.queries import of_payees
from vouchers.payments.recoveries.models import Correction, Recovery
from vouchers.payments.recoveries.rules.setting_off import SetOff

from .parts import enter_part


def lock_vouchers_owing(claims: Sequence[Claim]) -> None:
    """Lock the vouchers of claims, and those of what their payees owe, before anything else of them.

    In one order, as `lock_vouchers_of` does for what is ordered already.
    """
    own = {claim.voucher_id for claim in claims}
    _lock_vouchers(Q(pk__in=own) | Q(pk__in=_owing(claims).values("claim__voucher")))


def lock_corrections_of(claims: Sequence[Claim]) -> None:
    """Lock the corrections that are set off against claims whose vouchers are locked, and theirs."""
    owing = _owing(claims).select_for_update(of=("self",), no_key=True)
    list(owing.order_by("pk").values_list("pk"))


def _owing(claims: Sequence[Claim]) -> QuerySet[Correction]:
    return Correction.objects.filter(
        of_payees(claims, "claim__"), state__in=Correction.OPEN, set_off_at__isnull=False
    )


def write_set_offs(
    orders: Iterable[PaymentOrder], planned: Mapping[int, Sequence[SetOff]], *, by: User
) -> None:
    """Write the parts that saved orders set off, as planned; they wait until the bank has paid."""
    with constraints_of(Recovery):
        for order in orders:
            for one in planned.get(order.claim_id, ()):
                Recovery.objects.create(
                    correction_id=one.correction,
                    kind=Recovery.Kind.SET_OFF,
                    amount=one.amount,
                    order=order,
                    entered_by=by,
                )


def lock_vouchers_of(orders: Sequence[int]) -> None:
    """Lock the vouchers on which payments move money: their own, and those of what they set off.

    In one order, after the batch and before anything else of them, so that two bookings never wait
    for each other. `orders` are their keys.
    """
    own = Claim.objects.filter(payment_orders__in=orders).values("voucher")
    others = Correction.objects.filter(parts__order__in=orders).values("claim__voucher")
    _lock_vouchers(Q(pk__in=own) | Q(pk__in=others))


def _lock_vouchers(which: Q) -> None:
    rows = Voucher.objects.filter(which).select_for_update(of=("self",), no_key=True)
    list(rows.order_by("pk").values_list("pk"))


def enter_set_offs(order: PaymentOrder, *, by: User) -> None:
    """Enter what a locked payment that is booked sets off, in the transaction of its booking."""
    waiting = order.set_offs.filter(state=Recovery.State.WAITING).order_by("pk")
    for part in waiting:
        enter_part(locked(part), by=by, day=order.paid_on)


def drop_set_offs(orders: Iterable[PaymentOrder], *, by: User) -> None:
    """Set nothing off with payments that came to nothing: what was entered of it is undone."""
    found = Recovery.objects.filter(order__in=list(orders)).exclude(state=Recovery.State.VOID)
    for part in found.order_by("pk"):
        _drop(locked(part), by=by)


def _drop(part: Recovery, *, by: User) -> None:
    was_entered = part.state == Recovery.State.ENTERED
    correction = part.correction
    if correction.state == Correction.State.SETTLED:
        # Open again, as far as it had come.
        is_demanded = correction.demanded_at is not None
        move(correction, Correction.State.DEMANDED if is_demanded else Correction.State.ANNOUNCED)
        correction.save()
    move(part, Recovery.State.VOID)
    part.save()
    if was_entered:
        post(
            LedgerEntry.Kind.REOPENING,
            part,
            application=correction.claim.voucher.award.application,
            amount=part.amount,
            by=by,
            note=correction.reference,
        )
