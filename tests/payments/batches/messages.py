"""A message that breaks no rule, and the bank that takes it; each test breaks one thing of it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from demonstration.content.accounts import bank_account
from vouchers.payments.batches.rules.checks import problems_of
from vouchers.payments.batches.rules.messages import Bank, Payment, PaymentMessage, PostalAddress

TODAY = date(2026, 11, 30)

BANK = Bank(
    account="NL41MOCK0000000001",
    address_form="structured",
    characters="basic",
    longest_name=70,
    charge_bearer="SHAR",
    service_level="",
    purpose="SCVE",
    demands_bic=True,
    most_payments=1000,
    largest_sum=Decimal(100000),
    weekend=(6, 7),
    holidays=(date(2026, 12, 25),),
)


def payment(number=1, **changed):
    """A payment of 10.00 EUR to an account in Lebanon."""
    return replace(
        Payment(
            instruction_id=f"PAY-2026-0001-{number:05d}",
            end_to_end_id=f"SUV-2026-LB-0001-P{number}",
            amount=Decimal("10.00"),
            currency="EUR",
            name="Cedar Consulting",
            address=PostalAddress("Beirut", "LB", "Rue Gouraud 12", "1100"),
            account=bank_account("LB", number),
            bic="BLOMLBBX",
            purpose="SCVE",
            text="SUV-2026-LB-0001 F-1",
        ),
        **changed,
    )


def message(*payments, **changed):
    """The message of the payments, or of two."""
    paid = payments or (payment(1), payment(2))
    total = sum((one.amount for one in paid), Decimal(0))
    return replace(
        PaymentMessage(
            message_id="PAY-2026-0001",
            created_at=datetime(2026, 11, 30, 9, 0, tzinfo=UTC),
            count=len(paid),
            control_sum=total,
            group_id="PAY-2026-0001-1",
            batch_booking=False,
            group_count=len(paid),
            group_sum=total,
            service_level="",
            execution_on=TODAY,
            debtor_name="THE NEXT SOCIETY",
            debtor_address=PostalAddress("Amsterdam", "NL"),
            debtor_account="NL41MOCK0000000001",
            debtor_currency="EUR",
            debtor_bic="MOCKNL2A",
            charge_bearer="SHAR",
            payments=paid,
        ),
        **changed,
    )


def broken(*payments, bank=BANK, **changed):
    """The rules that a message of the payments breaks."""
    return [one.rule for one in problems_of(message(*payments, **changed), bank, today=TODAY)]
