"""What stands against paying a claim: said at the proposal, the authorisation and the export alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from conduct.queries.scoping import for_system
from documents.wording import instant
from vouchers.payments.batches.models import BankProfile
from vouchers.payments.batches.rules.checks import LONGEST_TEXT, problems_of_payment
from vouchers.payments.batches.rules.codes import strangers
from vouchers.payments.batches.rules.reasons import OF_THE_ACCOUNT
from vouchers.payments.batches.wording import reason_told, sentence_of
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.payments.queries import Payee, PayeeAccount, accounts_of_payees, payee_of, screened_of
from vouchers.payments.recoveries.queries import planned_set_offs
from vouchers.payments.recoveries.rules.setting_off import SetOff
from vouchers.providers.models import ProviderAccount
from vouchers.screening.queries import refusal_of_payment

from .messages import payment_of


@dataclass(frozen=True)
class Blocker:
    """Why something cannot be paid, and the page where that is mended."""

    sentence: str
    url: str = ""


@dataclass
class Drafted:
    """A claim as it would be ordered, and what stands against it."""

    claim: Claim
    order: PaymentOrder | None
    blockers: list[Blocker] = field(default_factory=list)
    # Whether the reader took an earlier step of the claim, and has chosen it on the page.
    is_mine: bool = False
    is_chosen: bool = False


Check = Callable[[PaymentOrder, BankProfile], Iterator[Blocker]]


@for_system("who proposes a batch names claims that they read")
def drafted(
    claims: Sequence[Claim],
    profile: BankProfile,
    planned: Mapping[int, Sequence[SetOff]] | None = None,
) -> list[Drafted]:
    """Each claim with its order, not saved yet; few queries, the claims with provider and voucher.

    The order is net of what is set off: as `planned`, by claim, or as it would be now.
    """
    if planned is None:
        planned = planned_set_offs(claims)
    accounts = accounts_of_payees(claims)
    found = []
    for claim in claims:
        account = accounts.get(claim.payee_key)
        if account is None or account.verified_at is None:
            found.append(Drafted(claim, None, [_unverified(payee_of(claim))]))
            continue
        order = _order(claim, account, profile, planned.get(claim.pk, ()))
        found.append(Drafted(claim, order, blockers_of(order, profile)))
    return found


def blockers_of(order: PaymentOrder, profile: BankProfile) -> list[Blocker]:
    """Everything that stands against one payment now: each of CHECKS is asked."""
    return [blocker for check in CHECKS for blocker in check(order, profile)]


def account_stands(order: PaymentOrder, _profile: BankProfile) -> Iterator[Blocker]:
    """The account is the one that stands, verified and no longer cooling down."""
    account, payee = order.paid_to, payee_of(order.claim)
    if account.replaced_at is not None:
        yield Blocker(
            _(
                "The account of %(provider)s was changed since it was proposed: nothing leaves. Cancel "
                "the batch, and propose the payment anew once the account is verified."
            )
            % {"provider": payee.name},
            payee.account_url,
        )
    elif account.verified_at is None:
        yield _unverified(payee)
    elif not account.is_usable:
        yield Blocker(
            _(
                "The account of %(provider)s was verified, and cools down: it is usable from %(when)s. "
                "Until then nothing is ordered to it."
            )
            % {"provider": payee.name, "when": instant(account.usable_from or "")},
            payee.account_url,
        )


def the_bank_knows_the_account(order: PaymentOrder, _profile: BankProfile) -> Iterator[Blocker]:
    """The bank gave nothing back that was sent to this very account, for a reason of the account."""
    account, payee = order.paid_to, payee_of(order.claim)
    refused = account.orders.filter(
        state=PaymentOrder.State.RETURNED, return_code__in=OF_THE_ACCOUNT
    ).first()
    if refused is not None:
        yield Blocker(
            _(
                "The bank gave back what was sent to the account of %(provider)s: %(reason)s Ask the "
                "payee for the right account, and enter it anew; a second person verifies it."
            )
            % {"provider": payee.name, "reason": reason_told(refused.return_code)},
            payee.change_url,
        )


def the_bank_takes_it(order: PaymentOrder, profile: BankProfile) -> Iterator[Blocker]:
    """Name, address, account, BIC and amount are such that the bank of the profile takes them."""
    payee = payee_of(order.claim)
    for problem in problems_of_payment(payment_of(order, profile), profile.as_bank()):
        is_address = problem.rule in {
            *("no_town", "no_country", "letters_of_address", "address_form"),
        }
        yield Blocker(
            sentence_of(problem, payee=payee.name),
            payee.address_url if is_address else payee.change_url,
        )


def payee_is_cleared(order: PaymentOrder, _profile: BankProfile) -> Iterator[Blocker]:
    """Nobody on the list in force is called like who gets the money, or people have decided on it."""
    claim = order.claim
    days = claim.voucher.award.application.call.screening_days
    for one in screened_of(claim):
        if refusal := refusal_of_payment(one, days=days):
            yield Blocker(refusal, one.get_absolute_url())


# Asked in this order. A check of another room is one more function.
CHECKS: list[Check] = [
    *(account_stands, the_bank_knows_the_account),
    *(payee_is_cleared, the_bank_takes_it),
]


def _unverified(payee: Payee) -> Blocker:
    return Blocker(
        _(
            "The account of %(provider)s is not verified yet. A second person checks it against a "
            "paper of the bank; then the payment can be ordered."
        )
        % {"provider": payee.name},
        payee.account_url,
    )


def _order(
    claim: Claim, account: PayeeAccount, profile: BankProfile, taken: Sequence[SetOff]
) -> PaymentOrder:
    """The order as the register says today; identifiers are given when it is proposed."""
    payee = payee_of(claim)
    set_off = sum((one.amount for one in taken), Decimal(0))
    return PaymentOrder(
        claim=claim,
        payee=account.holder,
        payee_street=payee.street,
        payee_post_code=payee.post_code,
        payee_town=payee.town,
        payee_country=payee.country,
        bank_account=account.account,
        bic=account.bic,
        **{"account" if isinstance(account, ProviderAccount) else "bank_details": account},
        amount=claim.payable - set_off,
        set_off=set_off,
        text=_text_for(claim, profile),
    )


def _text_for(claim: Claim, profile: BankProfile) -> str:
    """Voucher and invoices; the voucher alone where the bank does not take these, or all of them."""
    reference, invoices = claim.voucher.reference, claim.invoice_numbers
    text = f"{reference} {invoices}"
    is_taken = not strangers(invoices, profile.characters) and len(text) <= LONGEST_TEXT
    return text if is_taken else reference
