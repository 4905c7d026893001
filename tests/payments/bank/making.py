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


def stranger(number=1, **changed):
    """An entry of the bank that is no payment of ours."""
    facts = {
        "reference": f"X-{number}",
        "amount": Decimal("7.50"),
        "day": today(),
        "end_to_end_id": "SOMEBODY-ELSE",
        **changed,
    }
    return Booked(**facts)


def a_statement(told, *entries):
    """A statement with a line that is no payment of ours, and with these entries."""
    file = taken(said(stranger(), *entries), told)
    return file.statements.get()


def the_bank_said(told, order):
    """A paid order matched with its line, a charge, a line set aside, and the bank's word: by name."""
    fee = stranger(2, end_to_end_id="", amount=Decimal("3.00"), is_charge=True)
    statement = a_statement(told, booked(order), fee)
    aside, line, charged = statement.lines.order_by("position")
    match = actions.confirm_line(line, by=told.cast.finance[1])
    call = order.claim.voucher.award.application.call
    charge = actions.charge_line(charged, call, by=told.cast.finance[1])
    report = taken(word(order.batch, (order, "ACCP", "")), told)
    return {
        "bank_file": statement.file,
        "bank_statement": statement,
        "bank_line": line,
        "bank_match": match,
        "aside_line": aside,
        "set_aside": aside.set_asides.get(),
        "charged_line": charged,
        "bank_charge": charge,
        "bank_word": report.words.get(),
        "proposal": line.proposal,
    }
