"""What stands against paying a claim: said at the proposal, the authorisation and the export alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from conduct.queries.scoping import for_system
from documents.wording import instant
from vouchers.payments.batches.models import BankProfile
from vouchers.payments.batches.rules.checks import LONGEST_TEXT, problems_of_payment
from vouchers.payments.batches.rules.codes import strangers
from vouchers.payments.batches.rules.messages import Bank
from vouchers.payments.batches.rules.reasons import OF_THE_ACCOUNT
from vouchers.payments.batches.wording import reason_told, sentence_of
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.payments.queries import Payee, PayeeAccount, accounts_of_payees, payee_of, screened_of
from vouchers.payments.recoveries.queries import planned_set_offs
from vouchers.payments.recoveries.rules.setting_off import SetOff
from vouchers.providers.models import ProviderAccount
from vouchers.screening.queries import refusals_of_payments

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


@dataclass(frozen=True)
class KnownOfBatch:
    """What was read of all payments of a batch at once, so that a check asks nothing for each.

    `refused` is what the bank gave back of an account, by that account; `unclear` why a payee is not
    cleared, by payee and term of the call; `bank` what the bank of the profile takes.
    """

    bank: Bank
    refused: Mapping[PayeeAccount, PaymentOrder]
    unclear: Mapping[Any, str]


Check = Callable[[PaymentOrder, BankProfile, KnownOfBatch], Iterator[Blocker]]


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
        found.append(Drafted(claim, _order(claim, account, profile, planned.get(claim.pk, ()))))
    known = _known_of([one.order for one in found if one.order is not None], profile)
    for one in found:
        if one.order is not None:
            one.blockers = _blockers(one.order, profile, known)
    return found


def blockers_of(order: PaymentOrder, profile: BankProfile) -> list[Blocker]:
    """Everything that stands against one payment now: each of CHECKS is asked."""
    return _blockers(order, profile, _known_of([order], profile))


def first_blocker(orders: Sequence[PaymentOrder], profile: BankProfile) -> Blocker | None:
    """The first thing that stands against one of the payments now, in their order; few queries."""
    known = _known_of(orders, profile)
    return next((blocker for order in orders for blocker in _blockers(order, profile, known)), None)


def _blockers(order: PaymentOrder, profile: BankProfile, known: KnownOfBatch) -> list[Blocker]:
    return [blocker for check in CHECKS for blocker in check(order, profile, known)]


@for_system("payments that the caller has chosen")
def _known_of(orders: Sequence[PaymentOrder], profile: BankProfile) -> KnownOfBatch:
    """What the checks have to know of these payments."""
    accounts = {order.paid_to for order in orders}
    of_providers = [one.pk for one in accounts if isinstance(one, ProviderAccount)]
    of_others = [one.pk for one in accounts if not isinstance(one, ProviderAccount)]
    refused: dict[PayeeAccount, PaymentOrder] = {}
    given_back = PaymentOrder.objects.filter(
        Q(account__in=of_providers) | Q(bank_details__in=of_others),
        state=PaymentOrder.State.RETURNED,
        return_code__in=OF_THE_ACCOUNT,
    ).select_related("account", "bank_details")
    # Of an account that was refused twice the newest reason is told.
    for one in given_back.order_by("-ordered_at", "-pk"):
        refused.setdefault(one.paid_to, one)
    payees = {key for order in orders for key in _screened(order.claim)}
    return KnownOfBatch(profile.as_bank(), refused, refusals_of_payments(payees))


def _screened(claim: Claim) -> list[tuple[Any, int]]:
    """Who is screened of a claim, each with how long a screening counts in its call (days)."""
    days = claim.voucher.award.application.call.screening_days
    return [(one, days) for one in screened_of(claim)]


def account_stands(
    order: PaymentOrder, _profile: BankProfile, _known: KnownOfBatch
) -> Iterator[Blocker]:
    """The account is the one that stands, verified and no longer cooling down."""
    account = order.paid_to
    if account.replaced_at is None and account.verified_at is not None and account.is_usable:
        return
    payee = payee_of(order.claim)
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
    else:
        yield Blocker(
            _(
                "The account of %(provider)s was verified, and cools down: it is usable from %(when)s. "
                "Until then nothing is ordered to it."
            )
            % {"provider": payee.name, "when": instant(account.usable_from or "")},
            payee.account_url,
        )


def the_bank_knows_the_account(
    order: PaymentOrder, _profile: BankProfile, known: KnownOfBatch
) -> Iterator[Blocker]:
    """The bank gave nothing back that was sent to this very account, for a reason of the account."""
    refused = known.refused.get(order.paid_to)
    if refused is not None:
        payee = payee_of(order.claim)
        yield Blocker(
            _(
                "The bank gave back what was sent to the account of %(provider)s: %(reason)s Ask the "
                "payee for the right account, and enter it anew; a second person verifies it."
            )
            % {"provider": payee.name, "reason": reason_told(refused.return_code)},
            payee.change_url,
        )


def the_bank_takes_it(
    order: PaymentOrder, profile: BankProfile, known: KnownOfBatch
) -> Iterator[Blocker]:
    """Name, address, account, BIC and amount are such that the bank of the profile takes them."""
    for problem in problems_of_payment(payment_of(order, profile), known.bank):
        payee = payee_of(order.claim)
        is_address = problem.rule in {
            *("no_town", "no_country", "letters_of_address", "address_form"),
        }
        yield Blocker(
            sentence_of(problem, payee=payee.name),
            payee.address_url if is_address else payee.change_url,
        )


def payee_is_cleared(
    order: PaymentOrder, _profile: BankProfile, known: KnownOfBatch
) -> Iterator[Blocker]:
    """Nobody on the list in force is called like who gets the money, or people have decided on it."""
    for one, days in _screened(order.claim):
        if refusal := known.unclear[one, days]:
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
