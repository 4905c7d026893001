"""A payment message as plain values, and what a bank asks of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class PostalAddress:
    """Where somebody is: `street` as one line, or as free `lines` of a hybrid address."""

    town: str
    country: str
    street: str = ""
    post_code: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Payment:
    """One credit transfer."""

    instruction_id: str
    end_to_end_id: str
    amount: Decimal
    currency: str
    name: str
    address: PostalAddress
    account: str
    bic: str
    purpose: str
    text: str


@dataclass(frozen=True)
class PaymentMessage:
    """A message with one group of payments: counts and sums stand at both levels."""

    message_id: str
    created_at: datetime
    count: int
    control_sum: Decimal
    group_id: str
    batch_booking: bool
    group_count: int
    group_sum: Decimal
    service_level: str
    execution_on: date
    debtor_name: str
    debtor_address: PostalAddress
    debtor_account: str
    debtor_currency: str
    debtor_bic: str
    charge_bearer: str
    payments: tuple[Payment, ...]


@dataclass(frozen=True)
class Bank:
    """What the bank of a profile takes."""

    account: str
    address_form: str
    characters: str
    longest_name: int
    charge_bearer: str
    service_level: str
    purpose: str
    demands_bic: bool
    most_payments: int
    largest_sum: Decimal
    weekend: Collection[int]
    holidays: Collection[date]


@dataclass(frozen=True)
class BrokenRule:
    """A rule that is broken, by which payment (EndToEndId; empty: the message), and what was found."""

    rule: str
    payment: str = ""
    found: str = ""
