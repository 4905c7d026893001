"""Files of a bank about payments of the story, and taking them in."""

from decimal import Decimal
from io import BytesIO

from conduct.queries.days import today
from demonstration.content.bank_answers import Booked, statement, status_report
from vouchers.payments.bank import actions
from vouchers.payments.bank.models import StatementLine

ACCOUNT = "NL41MOCK0000000001"


def booked(payment, number=1, **changed):
    """The entry by which the bank paid a payment."""
    facts = {
        "reference": f"BK-{number}",
        "amount": payment.amount,
        "day": today(),
        "end_to_end_id": payment.reference,
        "payee": payment.payee,
        "account": payment.bank_account,
        **changed,
    }
    return Booked(**facts)


def returned(payment, number=9, reason="AC04", **changed):
    """The entry by which the money came back."""
    return booked(payment, number, **{"is_credit": True, "reason": reason, **changed})


def said(*entries, number=1, opening="100000.00", account=ACCOUNT, day=None, **more):
    """A statement with these entries."""
    return statement(
        entries,
        account=account,
        opening=Decimal(opening),
        number=number,
        day=day or today(),
        **more,
    )


def word(batch, *words, number=1):
    """The bank's word on payments: (payment, status, reason)."""
    told = [(payment.reference, status, reason) for payment, status, reason in words]
    return status_report(batch.reference, batch.group_reference, told, number=number, day=today())


def read(content, told, *, by=None, **more):
    """The file as it is kept, not taken in yet."""
    return actions.read_bank_file(
        BytesIO(content), name="answer.xml", by=by or told.cast.finance[1], **more
    )


def taken(content, told, **more):
    """The file, taken in."""
    return actions.take_in(read(content, told), by=told.cast.finance[1], **more)


def confirmed(told, *, by=None):
    """Confirm every line that seems to be a payment and is not dealt with."""
    lines = StatementLine.objects.filter(proposal__isnull=False, match=None).order_by("pk")
    return [actions.confirm_line(line, by=by or told.cast.finance[1]) for line in lines]
