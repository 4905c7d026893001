"""Figures of money: where it stands in the ledger, and what is claimed and ordered."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.permissions import sees_some_country
from vouchers.books.models import LedgerAccount
from vouchers.payments.ledger.permissions import may_read_ledger
from vouchers.payments.ledger.queries import accounts_visible_to
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.payments.permissions import may_read_orders
from vouchers.payments.queries import claims_visible_to, orders_visible_to

from .shapes import Figure, Source, Unit, count_of, sum_of

ACCOUNTS = Source(
    "ledger:trial",
    accounts_visible_to,
    may_read_ledger.test,
    country="application__country_id",
    call="call_id",
    names_call_by="slug",
)
CLAIMS = Source(
    "payments:claim_list",
    claims_visible_to,
    sees_some_country.test,
    country="voucher__award__application__country_id",
    call="voucher__award__application__call_id",
)
ORDERS = Source(
    "payments:orders",
    orders_visible_to,
    may_read_orders.test,
    country="claim__voucher__award__application__country_id",
    call="claim__voucher__award__application__call_id",
    first_day="paid_from",
    last_day="paid_until",
    within=lambda found, period: found.filter(period.of_day("paid_on")),
)
_KIND = LedgerAccount.Kind


def _balance(
    kind: LedgerAccount.Kind, heading: Any, question: Any, *, is_rare: bool = False
) -> Figure:
    """What stands on the accounts of a kind."""
    return Figure(
        f"money_{kind.value}",
        ACCOUNTS,
        heading,
        question,
        sum_of(F("debits") - F("credits"), kind=kind.value),
        {"kind": kind.value},
        Unit.MONEY,
        "balance",
        is_rare,
    )


def _claims(state: Claim.State, question: Any) -> Figure:
    return Figure(
        f"claims_{state.value}",
        CLAIMS,
        state.label,
        question,
        count_of({"state": state.value}),
        {"state": state.value},
    )


MONEY = (
    _balance(
        _KIND.AVAILABLE,
        pgettext_lazy("money by account", "Available"),
        _("What of the budgets of calls is promised to nobody?"),
    ),
    _balance(
        _KIND.COMMITTED,
        pgettext_lazy("money by account", "Left to spend"),
        _("What is promised to clusters, and not yet approved for payment?"),
    ),
    _balance(
        _KIND.PAYABLE,
        pgettext_lazy("money by account", "Payable"),
        _("What is approved, and not yet in a payment order?"),
    ),
    _balance(
        _KIND.IN_TRANSIT,
        pgettext_lazy("money by account", "In transit"),
        _("What is ordered, and not yet booked by the bank?"),
    ),
    _balance(
        _KIND.BANK,
        pgettext_lazy("money by account", "Paid"),
        _("What did the bank book?"),
    ),
    _balance(
        _KIND.ADVANCED,
        pgettext_lazy("money by account", "Advanced"),
        _("What do clusters have in advance that no cost has cleared yet?"),
        is_rare=True,
    ),
    _balance(
        _KIND.RECEIVABLE,
        pgettext_lazy("money by account", "To come back"),
        _("What is to be recovered after corrections?"),
        is_rare=True,
    ),
    Figure(
        "orders_paid",
        ORDERS,
        pgettext_lazy("payment orders", "Paid out"),
        _("What did the bank pay by order?"),
        sum_of("amount", state=PaymentOrder.State.PAID),
        {"paid": "yes"},
        Unit.MONEY,
        "amount",
    ),
    _claims(Claim.State.SUBMITTED, _("How many claims are to be verified?")),
    _claims(Claim.State.SENT_BACK, _("How many claims are to be controlled anew?")),
    _claims(Claim.State.VERIFIED, _("How many verified claims are to be approved?")),
    _claims(Claim.State.APPROVED, _("How many approved claims are to be ordered?")),
    _claims(Claim.State.ORDERED, _("How many claims are with the bank?")),
)
