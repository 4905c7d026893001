"""The order to the bank, and the record of what it paid."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.queries import people_holding
from clusters.queries import writers_for
from conduct.actions import Refused, action, constraints_of, judged, locked, require
from conduct.queries.days import day_of, today
from documents.actions import issue_in_every_language
from documents.wording import instant
from vouchers.books.models import LedgerEntry
from vouchers.payments.letters import DISBURSEMENT_ORDER, PAYMENT_NOTICE, order_facts, payment_facts
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.payments.permissions import may_order_payment, may_record_payment
from vouchers.payments.rules.invoices import key_of
from vouchers.providers.models import ProviderAccount
from vouchers.providers.queries import account_of_provider

from .ledger import enter
from .steps import EARLIER_STEP, take_step, tell


@action(gettext_lazy("Payment ordered"))
def order_payment(claim: Claim, *, by: User) -> PaymentOrder:
    """A finance officer orders the bank to pay the provider; the disbursement order is written.

    Payee and account are those of the claim's provider, kept as they are today. Raises Refused while
    a second person has not verified the account.
    """
    claim = judged(claim, may_order_payment, by=by, otherwise=EARLIER_STEP)
    take_step(claim, Claim.State.ORDERED, by=by)
    account = account_to_pay(claim)
    with constraints_of(PaymentOrder):
        order = PaymentOrder.objects.create(
            claim=claim,
            reference=f"{claim.voucher.reference}-P{claim.number}",
            payee=account.holder,
            account=account,
            bank_account=account.account,
            amount=claim.amount,
        )
    enter(claim, LedgerEntry.Kind.ORDER, by=by)
    issue_in_every_language(
        DISBURSEMENT_ORDER, order, lambda: order_facts(order), by=by, reference=order.reference
    )
    tell(people_holding(Role.FINANCE).exclude(pk=by.pk), "payment-ordered", claim)
    return order


def account_to_pay(claim: Claim) -> ProviderAccount:
    """The provider's account that stands, locked. Raises Refused unless it is verified and usable."""
    account = account_of_provider(claim.provider)
    if account is not None:
        account = locked(account)
    if account is None or account.replaced_at is not None or account.verified_at is None:
        raise Refused(
            _(
                "The account of %(provider)s is not verified yet. A second person checks it against "
                "a paper of the bank; then the payment can be ordered."
            )
            % {"provider": claim.provider.name}
        )
    if not account.is_usable:
        raise Refused(
            _(
                "The account of %(provider)s was verified, and cools down: it is usable from %(when)s. "
                "Until then nothing is ordered to it."
            )
            % {
                "provider": claim.provider.name,
                "when": instant(account.usable_from or timezone.now()),
            }
        )
    return account


@action(gettext_lazy("Payment recorded"))
def record_payment(
    order: PaymentOrder,
    *,
    paid_on: date,
    bank_reference: str,
    by: User,
    paying_account: str = "",
) -> PaymentOrder:
    """A second finance officer records what the bank paid, with its reference, once.

    `paying_account` is one of settings.PAYING_ACCOUNTS, the first where it is empty; the reference
    is unique within it, however it is written. The ledger gets its entry, the cluster its payment
    notice. Raises OutOfOrder when it is recorded already, Refused (beside its field) for a day that
    has not come, and for a reference that stands for another payment.
    """
    order = locked(order)
    claim = order.claim
    require(may_record_payment, by, claim, otherwise=EARLIER_STEP)
    take_step(claim, Claim.State.PAID, by=by)
    zone = claim.voucher.country.zone
    if not day_of(order.ordered_at, zone) <= paid_on <= today(zone):
        raise Refused(_("The payment lies between the order and today."), field="paid_on")
    paying_account = paying_account or settings.PAYING_ACCOUNTS[0]
    if paying_account not in settings.PAYING_ACCOUNTS:
        raise Refused(_("The programme pays from no such account."), field="paying_account")
    if not key_of(bank_reference):
        raise Refused(
            _("Write the bank's reference, with its letters and digits."), field="bank_reference"
        )
    order.paid_on, order.bank_reference = paid_on, bank_reference
    order.bank_reference_key, order.paying_account = key_of(bank_reference), paying_account
    order.clean_fields(exclude=["claim", "account"])
    with constraints_of(PaymentOrder):
        order.save()
    enter(claim, LedgerEntry.Kind.BOOKING, by=by, day=paid_on)
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
