"""What the schema lets pass and a bank, or the programme, does not: one function for each rule.

The schema accepts an amount of nothing, wrong counts and sums, three decimals of a euro, an identifier
twice, wrong check digits, a purpose that is none, a name in Arabic letters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from inputs.rules.currencies import fits

from .accounts import country_of, is_bic, is_iban, problem_of_account
from .codes import CHARGE_BEARERS, IDENTIFIER, PURPOSES, SEPA_COUNTRIES, strangers
from .days import is_bank_day
from .messages import Bank, BrokenRule, Payment, PaymentMessage, PostalAddress

LONGEST_LINE = 70
LONGEST_TOWN = 35
LONGEST_POST_CODE = 16
LONGEST_TEXT = 140
MOST_LINES = 2

Found = Iterator[BrokenRule]


def problems_of(message: PaymentMessage, bank: Bank, *, today: date) -> list[BrokenRule]:
    """Every rule that the message breaks at this bank, on a day there; empty: it can be sent."""
    of_the_whole = [problem for rule in RULES for problem in rule(message, bank, today)]
    return of_the_whole + [
        problem for payment in message.payments for problem in problems_of_payment(payment, bank)
    ]


def problems_of_payment(payment: Payment, bank: Bank) -> list[BrokenRule]:
    """Every rule that one payment breaks at this bank."""
    return [problem for rule in RULES_OF_A_PAYMENT for problem in rule(payment, bank)]


# --- The message -----------------------------------------------------------------------------------
def counts(message: PaymentMessage, _bank: Bank, _today: date) -> Found:
    """The message and its group say how many payments there are."""
    number = len(message.payments)
    if message.count != number:
        yield BrokenRule("count", found=str(message.count))
    if message.group_count != number:
        yield BrokenRule("group_count", found=str(message.group_count))
    if not number:
        yield BrokenRule("empty")


def control_sums(message: PaymentMessage, _bank: Bank, _today: date) -> Found:
    """The message and its group say what all payments come to, whatever their currencies."""
    total = sum((payment.amount for payment in message.payments), Decimal(0))
    if message.control_sum != total:
        yield BrokenRule("control_sum", found=str(message.control_sum))
    if message.group_sum != total:
        yield BrokenRule("group_sum", found=str(message.group_sum))


def identifiers(message: PaymentMessage, _bank: Bank, _today: date) -> Found:
    """Each is 1 to 35 of the characters that all banks take."""
    names = [message.message_id, message.group_id]
    names += [payment.instruction_id for payment in message.payments]
    names += [payment.end_to_end_id for payment in message.payments]
    for name in names:
        if not IDENTIFIER.fullmatch(name):
            yield BrokenRule("identifier", found=name)


def told_apart(message: PaymentMessage, _bank: Bank, _today: date) -> Found:
    """No two payments have one identifier; the database holds that for ever."""
    for names in (
        Counter(payment.end_to_end_id for payment in message.payments),
        Counter(payment.instruction_id for payment in message.payments),
    ):
        for name, times in names.items():
            if times > 1:
                yield BrokenRule("twice", payment=name, found=name)


def on_a_bank_day(message: PaymentMessage, bank: Bank, today: date) -> Found:
    """Executed on a day on which the bank works, and that is not over."""
    if message.execution_on < today:
        yield BrokenRule("past", found=message.execution_on.isoformat())
    elif not is_bank_day(message.execution_on, bank.weekend, bank.holidays):
        yield BrokenRule("bank_day", found=message.execution_on.isoformat())


def within_limits(message: PaymentMessage, bank: Bank, _today: date) -> Found:
    """No more payments, and no larger sum, than the bank takes in one file."""
    if len(message.payments) > bank.most_payments:
        yield BrokenRule("most_payments", found=str(len(message.payments)))
    total = sum((payment.amount for payment in message.payments), Decimal(0))
    if total > bank.largest_sum:
        yield BrokenRule("largest_sum", found=str(total))


def from_the_account(message: PaymentMessage, bank: Bank, _today: date) -> Found:
    """Paid from the account of the profile, which can be one, at a bank that has a BIC."""
    if message.debtor_account != bank.account or problem_of_account(message.debtor_account):
        yield BrokenRule("debtor_account", found=message.debtor_account)
    if not is_bic(message.debtor_bic):
        yield BrokenRule("debtor_bic", found=message.debtor_bic)
    address = message.debtor_address
    if not address.town or not address.country:
        yield BrokenRule("debtor_address", found=message.debtor_name)


def charges(message: PaymentMessage, bank: Bank, _today: date) -> Found:
    """Who bears the charges is what the profile says, and SLEV belongs to SEPA alone."""
    bearer = message.charge_bearer
    if bearer != bank.charge_bearer or bearer not in CHARGE_BEARERS:
        yield BrokenRule("charge_bearer", found=bearer)
    elif bearer == "SLEV" and not _is_sepa(message):
        yield BrokenRule("sepa", found=bearer)


def service_level(message: PaymentMessage, bank: Bank, _today: date) -> Found:
    """That of the profile; SEPA only where payer and all payees are in it, in euro, by IBAN."""
    level = message.service_level
    if level != bank.service_level:
        yield BrokenRule("service_level", found=level)
    if level == "SEPA" and not _is_sepa(message):
        yield BrokenRule("sepa", found=level)


def _is_sepa(message: PaymentMessage) -> bool:
    accounts = [message.debtor_account, *(payment.account for payment in message.payments)]
    return all(is_iban(one) and one[:2] in SEPA_COUNTRIES for one in accounts) and all(
        payment.currency == "EUR" for payment in message.payments
    )


# --- One payment -----------------------------------------------------------------------------------
def amount(payment: Payment, _bank: Bank) -> Found:
    """More than nothing, with no more decimals than its currency has."""
    if not payment.amount.is_finite() or payment.amount <= 0:
        yield BrokenRule("amount", payment.end_to_end_id, str(payment.amount))
    elif not fits(payment.currency, payment.amount):
        yield BrokenRule("decimals", payment.end_to_end_id, f"{payment.amount} {payment.currency}")


def account(payment: Payment, _bank: Bank) -> Found:
    """An IBAN of the length of its country with its check digits, or a Moroccan RIB with its key."""
    problem = problem_of_account(payment.account)
    if problem:
        yield BrokenRule(f"account_{problem}", payment.end_to_end_id, payment.account)


def bank_of_the_payee(payment: Payment, bank: Bank) -> Found:
    """The BIC, where the bank asks for it, of a bank in the country of the account."""
    if not payment.bic:
        if bank.demands_bic:
            yield BrokenRule("no_bic", payment.end_to_end_id)
    elif not is_bic(payment.bic) or payment.bic[4:6] != country_of(payment.account):
        yield BrokenRule("bic", payment.end_to_end_id, payment.bic)


def name(payment: Payment, bank: Bank) -> Found:
    """In the letters that the bank takes, and no longer than it takes: nobody's name is rewritten."""
    if not payment.name.strip():
        yield BrokenRule("no_name", payment.end_to_end_id)
    if strange := strangers(payment.name, bank.characters):
        yield BrokenRule("letters_of_name", payment.end_to_end_id, strange)
    if len(payment.name) > bank.longest_name:
        yield BrokenRule("long_name", payment.end_to_end_id, payment.name)


def address(payment: Payment, bank: Bank) -> Found:
    """Town and country always; free lines beside them only in the hybrid form, two of 70 at most."""
    where = payment.address
    if not where.town:
        yield BrokenRule("no_town", payment.end_to_end_id)
    if not where.country:
        yield BrokenRule("no_country", payment.end_to_end_id)
    for text in (where.town, where.street, where.post_code, *where.lines):
        if strange := strangers(text, bank.characters):
            yield BrokenRule("letters_of_address", payment.end_to_end_id, strange)
    if _is_too_long(where) or (where.lines and bank.address_form != "hybrid"):
        yield BrokenRule("address_form", payment.end_to_end_id)


def _is_too_long(where: PostalAddress) -> bool:
    return (
        len(where.town) > LONGEST_TOWN
        or len(where.post_code) > LONGEST_POST_CODE
        or len(where.lines) > MOST_LINES
        or any(len(line) > LONGEST_LINE for line in (where.street, *where.lines))
    )


def purpose(payment: Payment, bank: Bank) -> Found:
    """Of the ISO list, and the one of the profile."""
    if payment.purpose not in PURPOSES or payment.purpose != bank.purpose:
        yield BrokenRule("purpose", payment.end_to_end_id, payment.purpose)


def text(payment: Payment, bank: Bank) -> Found:
    """What the payee reads on the statement."""
    if strangers(payment.text, bank.characters) or not 0 < len(payment.text) <= LONGEST_TEXT:
        yield BrokenRule("text", payment.end_to_end_id, payment.text)


RULES: tuple[Callable[[PaymentMessage, Bank, date], Found], ...] = (
    counts,
    control_sums,
    identifiers,
    told_apart,
    on_a_bank_day,
    within_limits,
    from_the_account,
    charges,
    service_level,
)
RULES_OF_A_PAYMENT: tuple[Callable[[Payment, Bank], Found], ...] = (
    amount,
    account,
    bank_of_the_payee,
    name,
    address,
    purpose,
    text,
)
