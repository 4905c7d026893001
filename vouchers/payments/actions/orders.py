"""The order to the bank, and the record of what it paid."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.queries import people_holding
from clusters.queries import writers_for
from documents.actions import issue_in_every_language
from records.acting import Refused, action, require
from records.days import day_of, today
from records.states import judged, locked
from vouchers.payments.letters import DISBURSEMENT_ORDER, PAYMENT_NOTICE, order_facts, payment_facts
from vouchers.payments.models import Claim, LedgerEntry, PaymentOrder
from vouchers.payments.permissions import may_order_payment, may_record_payment

from .ledger import enter
from .steps import EARLIER_STEP, take_step, tell


@action(gettext_lazy("Payment ordered"))
def order_payment(claim: Claim, *, by: User) -> PaymentOrder:
    """A finance officer orders the bank to pay the provider; the disbursement order is written.

    Payee and account are those of the plan's provider, kept as they are today.
    """
    claim = judged(claim, may_order_payment, by=by, otherwise=EARLIER_STEP)
    take_step(claim, Claim.State.ORDERED, by=by)
    provider = claim.milestone.plan.provider
    order = PaymentOrder.objects.create(
        claim=claim,
        reference=f"{claim.voucher.reference}-P{claim.milestone.position}",
        payee=provider.name,
        bank_account=provider.bank_account,
        amount=claim.amount,
    )
    issue_in_every_language(
        DISBURSEMENT_ORDER, order, lambda: order_facts(order), by=by, reference=order.reference
    )
    tell(people_holding(Role.FINANCE).exclude(pk=by.pk), "payment-ordered", claim)
    return order


@action(gettext_lazy("Payment recorded"))
def record_payment(
    order: PaymentOrder, *, paid_on: date, bank_reference: str, by: User
) -> PaymentOrder:
    """A second finance officer records what the bank paid, with its reference, once.

    The ledger gets its entry, the cluster its payment notice. Raises OutOfOrder when it is
    recorded already, Refused for a day that has not come.
    """
    order = locked(order)
    claim = order.claim
    require(may_record_payment, by, claim, otherwise=EARLIER_STEP)
    take_step(claim, Claim.State.PAID, by=by)
    zone = claim.voucher.country.zone
    if not day_of(order.ordered_at, zone) <= paid_on <= today(zone):
        raise Refused(_("The payment lies between the order and today."))
    order.paid_on, order.bank_reference = paid_on, bank_reference
    order.full_clean()
    order.save()
    enter(claim, LedgerEntry.Kind.PAYMENT, by=by)
    # The entry has changed the sums of the voucher, which the notice states.
    claim.voucher.refresh_from_db()
    notices = issue_in_every_language(
        PAYMENT_NOTICE, claim, lambda: payment_facts(order), by=by, reference=order.reference
    )
    application = claim.voucher.award.application
    tell(
        writers_for(application.cluster),
        "claim-paid",
        claim,
        documents=[notices[application.language]],
    )
    return order
