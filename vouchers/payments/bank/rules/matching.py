"""Which payment a line is: by its EndToEndId, then by amount, account and day; the rest is set aside.

A proposal alone: a person looks at it and confirms. Nothing is guessed: where two payments fit, or none,
the line says so and waits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .answers import BankLine

EURO = "EUR"
# Within so many days after the file left a payment without identifier is looked for.
DAYS_AFTER = 15
# How a payment was found.
BY_REFERENCE, BY_AMOUNT = "reference", "amount"
# Why a line is set aside, if it is.
NO_DETAILS, DETAILS_DIFFER, CURRENCY, AMOUNT = "no_details", "differ", "currency", "amount"
# The bank took a charge within it of which the ledger cannot be told what it was in euro.
OTHER_CHARGE = "charged"
# It took one of several payments together, or says two sums.
SHARED_CHARGE = "shared"
TWICE, SEVERAL, UNKNOWN, MONEY_IN = "twice", "several", "unknown", "money_in"
CHARGE, REVERSAL, EXPLAINED = "charge", "reversal", "explained"


@dataclass(frozen=True)
class Candidate:
    """A payment that was handed over to the bank (EUR), and what the bank has said of it."""

    key: int
    reference: str
    amount: Decimal
    account: str
    left_on: date
    # With the bank, booked by hand, or come back: what a line is tied to besides.
    is_out: bool
    has_payment: bool
    has_return: bool


@dataclass(frozen=True)
class MatchFound:
    """What a line is: the payment with how it was found, or why it is set aside, with its figures."""

    payment: int | None = None
    how: str = ""
    why: str = ""
    words: str = ""


class Candidates:
    """The payments of an account by what lines say of them; each is proposed once for each direction."""

    def __init__(self, payments: Iterable[Candidate]) -> None:
        self._by_reference: dict[str, Candidate] = {}
        self._by_amount: dict[tuple[Decimal, str], list[Candidate]] = defaultdict(list)
        self._taken: set[tuple[int, bool]] = set()
        for one in payments:
            self._by_reference[one.reference] = one
            self._by_amount[one.amount, one.account].append(one)
            self._taken |= {(one.key, True)} if one.has_return else set()
            self._taken |= {(one.key, False)} if one.has_payment else set()

    def find(self, line: BankLine) -> MatchFound:
        """The payment of a line, or why there is none."""
        if line.other_charges:
            return MatchFound(why=OTHER_CHARGE, words=line.other_charges)
        if line.shared_charges:
            return MatchFound(why=SHARED_CHARGE, words=line.shared_charges)
        if line.details_differ:
            return MatchFound(why=DETAILS_DIFFER)
        if not line.detail and line.parts > 1:
            return MatchFound(why=NO_DETAILS)
        known = self._by_reference.get(line.end_to_end_id) if line.end_to_end_id else None
        if known is not None:
            return self._known(line, known)
        if line.is_charge:
            return MatchFound(why=CHARGE)
        if line.is_credit:
            return MatchFound(why=MONEY_IN)
        if line.is_reversal:
            return MatchFound(why=REVERSAL)
        return self._alike(line)

    def _known(self, line: BankLine, known: Candidate) -> MatchFound:
        if line.is_reversal and not line.is_credit:
            return MatchFound(why=REVERSAL)
        if _instructed(line) is None:
            return MatchFound(why=CURRENCY)
        if _instructed(line) != known.amount:
            return MatchFound(why=CHARGE if line.is_charge else AMOUNT)
        return self._take(line, known, BY_REFERENCE)

    def _alike(self, line: BankLine) -> MatchFound:
        """Without an identifier: the same amount to the same account, soon after the file left."""
        if line.end_to_end_id or not line.payee_account:
            return MatchFound(why=UNKNOWN)
        amount = _instructed(line)
        if amount is None:
            return MatchFound(why=CURRENCY)
        fitting = [
            one
            for one in self._by_amount[amount, line.payee_account]
            if one.is_out
            and (one.key, False) not in self._taken
            and one.left_on <= line.booked_on <= one.left_on + timedelta(days=DAYS_AFTER)
        ]
        if len(fitting) > 1:
            return MatchFound(why=SEVERAL)
        return self._take(line, fitting[0], BY_AMOUNT) if fitting else MatchFound(why=UNKNOWN)

    def _take(self, line: BankLine, payment: Candidate, how: str) -> MatchFound:
        if (payment.key, line.is_credit) in self._taken:
            return MatchFound(why=TWICE)
        self._taken.add((payment.key, line.is_credit))
        return MatchFound(payment.key, how)


def _instructed(line: BankLine) -> Decimal | None:
    """What was ordered, in EUR; None where the bank does not say it in euro."""
    if line.instructed is not None and line.instructed_currency == EURO:
        return line.instructed
    return line.amount if line.instructed is None and line.currency == EURO else None
