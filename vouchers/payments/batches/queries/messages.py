"""A batch as the message of its file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from vouchers.payments.batches.models import BankProfile, PaymentBatch
from vouchers.payments.batches.rules.checks import LONGEST_LINE
from vouchers.payments.batches.rules.messages import Payment, PaymentMessage, PostalAddress
from vouchers.payments.models import PaymentOrder

# What claims are worth is euro; a bank changes it where its account is kept in another currency.
_CURRENCY = "EUR"


def message_of(
    batch: PaymentBatch, payments: Sequence[PaymentOrder], *, created_at: datetime
) -> PaymentMessage:
    """The message that pays the batch, as made at an instant."""
    profile = batch.profile
    return PaymentMessage(
        message_id=batch.reference,
        created_at=created_at.replace(microsecond=0),
        count=batch.count,
        control_sum=batch.total,
        group_id=batch.group_reference,
        batch_booking=profile.batch_booking,
        group_count=len(payments),
        group_sum=sum((payment.amount for payment in payments), Decimal(0)),
        service_level=profile.service_level,
        execution_on=batch.execution_on,
        debtor_name=profile.debtor_name,
        debtor_address=PostalAddress(town=profile.debtor_town, country=profile.country),
        debtor_account=profile.debtor_account,
        debtor_currency=profile.currency,
        debtor_bic=profile.debtor_bic,
        charge_bearer=profile.charge_bearer,
        payments=tuple(payment_of(payment, profile) for payment in payments),
    )


def payment_of(order: PaymentOrder, profile: BankProfile) -> Payment:
    """One order as a transfer, by the profile's form of addresses and its purpose."""
    is_hybrid = profile.address_form == BankProfile.AddressForm.HYBRID
    street = order.payee_street
    return Payment(
        instruction_id=order.instruction,
        end_to_end_id=order.reference,
        amount=order.amount,
        currency=_CURRENCY,
        name=order.payee,
        address=PostalAddress(
            town=order.payee_town,
            country=order.payee_country,
            street="" if is_hybrid else street,
            post_code=order.payee_post_code,
            lines=(street[:LONGEST_LINE],) if is_hybrid and street else (),
        ),
        account=order.bank_account,
        bic=order.bic,
        purpose=profile.purpose,
        text=order.text,
    )
