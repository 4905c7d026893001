"""What a bank's answer says, as plain values: amounts as Decimal with their currency, never signed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

# The messages that are read, by the version of their namespace.
PAIN_002, CAMT_053, CAMT_054, CSV = "pain.002", "camt.053", "camt.054", "csv"
VERSIONS = (
    *("pain.002.001.03", "pain.002.001.10"),
    *("camt.053.001.02", "camt.053.001.08"),
    *("camt.054.001.02", "camt.054.001.08"),
)
# What banks write where they know no identifier.
_NONE = {"NOTPROVIDED", "NONREF", "NOTAVAILABLE", "NONE"}


class NotAnAnswer(ValueError):
    """A file that is not taken: why (a key of wording.FAULTS), and what was found."""

    def __init__(self, fault: str, detail: str = "") -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault, self.detail = fault, detail[:200]


@dataclass(frozen=True)
class Word:
    """The bank's word on a payment, or a group of them: status and reasons as codes of ISO 20022.

    Two are equal that say the same, by whichever of its names each calls the payment.
    """

    status: str
    reasons: tuple[str, ...] = ()
    text: str = ""
    end_to_end_id: str = field(default="", compare=False)
    instruction_id: str = field(default="", compare=False)


@dataclass(frozen=True)
class StatusReport:
    """A pain.002: on which message, what of all of it, of its groups, and of single payments."""

    message_id: str
    said_on: date
    original_message: str
    of_all: Word
    of_groups: tuple[tuple[str, Word], ...]
    of_payments: tuple[Word, ...]


@dataclass(frozen=True)
class BankLine:
    """One movement: an entry, or one of several details in it.

    `detail` counts the details of an entry from 1; it is 0 where the entry has none, and `parts` says of
    how many payments the bank says it is then. `charges` is what of `amount` the bank took for itself;
    `instructed` is what was ordered, where the bank tells.
    """

    reference: str
    detail: int
    parts: int
    booked_on: date
    valued_on: date | None
    amount: Decimal
    currency: str
    is_credit: bool
    is_reversal: bool = False
    is_return: bool = False
    is_charge: bool = False
    charges: Decimal = Decimal(0)
    # What it took within it in other currencies than the account's, or gave back of it (below zero), as
    # it says it: 0.40 USD.
    other_charges: str = ""
    # What its entry says of charges within it, where the details do not say of which of them that is.
    shared_charges: str = ""
    instructed: Decimal | None = None
    instructed_currency: str = ""
    end_to_end_id: str = ""
    group_id: str = ""
    payee: str = ""
    payee_account: str = ""
    text: str = ""
    return_code: str = ""
    bank_code: str = ""
    # Whether the details of its entry come to another sum than the entry.
    details_differ: bool = False

    @property
    def signed(self) -> Decimal:
        return self.amount if self.is_credit else -self.amount


@dataclass
class Statement:
    """What happened on an account: with balances in a statement, without them in a notification."""

    identification: str
    number: str
    account: str
    currency: str
    begins_on: date | None = None
    ends_on: date | None = None
    opening: Decimal | None = None
    closing: Decimal | None = None
    lines: list[BankLine] = field(default_factory=list)
    # Entries that are announced and not booked: passed over.
    pending: int = 0
    # What the entries come to (EUR or the currency of the account), whatever their details say.
    moved: Decimal = Decimal(0)


@dataclass(frozen=True)
class BankAnswer:
    """A file of the bank: a report on statuses, or statements of accounts."""

    kind: str
    version: str
    message_id: str
    report: StatusReport | None = None
    statements: tuple[Statement, ...] = ()


def identifier(text: str) -> str:
    """An identifier as it is compared; empty where the bank says that it knows none."""
    plain = " ".join(text.split())
    return "" if plain.upper().replace(" ", "") in _NONE else plain
