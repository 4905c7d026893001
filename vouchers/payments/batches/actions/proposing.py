"""A finance officer proposes which claims are paid together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.queries import people_holding
from conduct.actions import Refused, action, constraints_of, locked, require, require_state
from conduct.queries.days import today
from notices.actions import notify_each
from vouchers.payments.actions.final_rates import lock_final_rates, say_final_rate
from vouchers.payments.actions.steps import EARLIER_STEP
from vouchers.payments.batches.models import BankProfile, PaymentBatch
from vouchers.payments.batches.permissions import may_propose_batch
from vouchers.payments.batches.queries import drafted
from vouchers.payments.batches.rules.days import is_bank_day
from vouchers.payments.batches.rules.messages import BrokenRule
from vouchers.payments.batches.wording import sentence_of
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.payments.permissions import may_order_payment
from vouchers.payments.recoveries.actions import (
    lock_corrections_of,
    lock_vouchers_owing,
    write_set_offs,
)
from vouchers.payments.recoveries.queries import planned_set_offs
from vouchers.payments.recoveries.rules.setting_off import SetOff
from vouchers.payments.rules.final_rates import PAYMENT

from .locking import locked_claims, place_in_books
from .telling import facts_of


@action(gettext_lazy("Payment batch proposed"))
def propose_batch(
    profile: BankProfile, claims: Sequence[Claim], *, execution_on: date, by: User
) -> PaymentBatch:
    """Propose to pay approved claims from the account of a profile, on a day on which its bank works.

    Payees, addresses and accounts are kept as they are now; where the call names the month of the
    payment, each claim comes to what the rate of that day's month says. Raises Refused with the first
    thing that stands against one of them (beside its field where it is one), OutOfOrder for a claim that
    is not approved, NotAllowed for whoever took an earlier step of one.
    """
    profile = locked(profile)
    require(may_propose_batch, by)
    lock_vouchers_owing(claims)
    found = locked_claims(claim.pk for claim in claims)
    for claim in found:
        require_state(claim, Claim.State.APPROVED)
        require(may_order_payment, by, claim, otherwise=EARLIER_STEP)
    if not found:
        raise Refused(_("Choose at least one claim."), field="claims")
    # Before the first rate enters the books, which everybody locks last.
    lock_corrections_of(found)
    lock_final_rates(found, PAYMENT, execution_on)
    for claim in sorted(found, key=place_in_books):
        say_final_rate(claim, PAYMENT, execution_on, by=by)
    planned = planned_set_offs(found)
    orders = _orders(found, profile, planned)
    total = sum((order.amount for order in orders), Decimal(0))
    _require_limits(profile, len(orders), total, execution_on)
    reference = _next_reference()
    batch = PaymentBatch(
        profile=profile,
        reference=reference,
        group_reference=f"{reference}-1",
        execution_on=execution_on,
        count=len(orders),
        total=total,
        proposed_by=by,
    )
    numbers = _times_ordered(found)
    with constraints_of(PaymentBatch, PaymentOrder):
        batch.save()
        for place, order in enumerate(orders, 1):
            voucher = order.claim.voucher
            numbers[voucher.pk] += 1
            order.batch = batch
            order.reference = f"{voucher.reference}-P{numbers[voucher.pk]}"
            order.instruction = f"{reference}-{place:05d}"
        PaymentOrder.objects.bulk_create(orders)
    write_set_offs(orders, planned, by=by)
    people = people_holding(Role.FINANCE) | people_holding(Role.COORDINATOR)
    notify_each(
        people.exclude(pk=by.pk).distinct(), "batch-proposed", facts=facts_of(batch), about=batch
    )
    return batch


def _require_limits(
    profile: BankProfile, payments: int, total: Decimal, execution_on: date
) -> None:
    """What the bank takes in one file, and when. Raises Refused."""
    if not profile.is_in_use:
        raise Refused(
            _("This profile is not verified yet, or was replaced: choose another."), field="profile"
        )
    if payments > profile.most_payments:
        raise Refused(sentence_of(BrokenRule("most_payments", found=str(payments))), field="claims")
    if total > profile.largest_sum:
        raise Refused(sentence_of(BrokenRule("largest_sum", found=str(total))), field="claims")
    found = execution_on.isoformat()
    if execution_on < today():
        raise Refused(sentence_of(BrokenRule("past", found=found)), field="execution_on")
    if not is_bank_day(execution_on, profile.weekend, profile.holidays):
        raise Refused(sentence_of(BrokenRule("bank_day", found=found)), field="execution_on")


def _orders(
    claims: Sequence[Claim], profile: BankProfile, planned: Mapping[int, Sequence[SetOff]]
) -> list[PaymentOrder]:
    """The order of each claim, net of what is set off. Raises Refused with what stands against one."""
    orders = []
    for draft in drafted(claims, profile, planned):
        if draft.blockers or draft.order is None:
            raise Refused(draft.blockers[0].sentence)
        orders.append(draft.order)
    return orders


def _times_ordered(claims: Sequence[Claim]) -> Counter[int]:
    """How often payments of each voucher were ordered, whatever became of them; under its lock."""
    rows = (
        PaymentOrder.objects.filter(claim__voucher__in={claim.voucher_id for claim in claims})
        .order_by()
        .values_list("claim__voucher")
        .annotate(times=Count("pk"))
    )
    return Counter(dict(rows))


def _next_reference() -> str:
    """PAY-2026-0007: the year, and a number that rises; two at once are told apart by the database."""
    year = today().year
    begun = PaymentBatch.objects.filter(reference__startswith=f"PAY-{year}-")
    last = begun.order_by("-pk").values_list("reference", flat=True).first()
    return f"PAY-{year}-{int(last.rsplit('-', 1)[1]) + 1 if last else 1:04d}"
