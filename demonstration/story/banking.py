"""The bank answers: it rejects a payment, pays by its statement, and gives one back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

from conduct.queries.days import today
from demonstration.cast import Cast
from demonstration.content.bank_answers import Booked, statement, status_report
from vouchers.payments.bank import actions
from vouchers.payments.bank.models import BankStatement, StatementLine
from vouchers.payments.models import PaymentOrder

_BEGUN_WITH = Decimal("250000.00")


def reject(payment: PaymentOrder, cast: Cast, *, reason: str) -> None:
    """The bank rejects a payment by its report, which finance takes in."""
    batch = payment.batch
    content = status_report(
        batch.reference,
        batch.group_reference,
        [(payment.reference, "RJCT", reason)],
        number=payment.pk,
        day=today(),
    )
    _take_in(content, f"pain.002-{payment.pk}.xml", cast)


def pay(payment: PaymentOrder, cast: Cast) -> None:
    """The statement of the day shows the payment, and finance confirms its line."""
    _state(payment, cast, _booked(payment, "BK"))


def give_back(payment: PaymentOrder, cast: Cast, *, reason: str) -> None:
    """The next statement shows that the money came back, and why."""
    _state(payment, cast, replace(_booked(payment, "RT"), is_credit=True, reason=reason))


def _booked(payment: PaymentOrder, mark: str) -> Booked:
    return Booked(
        reference=f"{mark}{payment.pk:06d}",
        amount=payment.amount,
        day=today(),
        end_to_end_id=payment.reference,
        payee=payment.payee,
        account=payment.bank_account,
    )


def _state(payment: PaymentOrder, cast: Cast, entry: Booked) -> None:
    account = payment.batch.profile.debtor_account
    last = BankStatement.objects.filter(account=account, closing__isnull=False).first()
    number = BankStatement.objects.count() + 1
    content = statement(
        [entry],
        account=account,
        opening=last.closing if last is not None and last.closing is not None else _BEGUN_WITH,
        number=number,
        day=today(),
    )
    _take_in(content, f"camt.053-{number}.xml", cast)
    line = StatementLine.objects.get(account=account, reference=entry.reference)
    actions.confirm_line(line, by=cast.finance[1])


def _take_in(content: bytes, name: str, cast: Cast) -> None:
    file = actions.read_bank_file(BytesIO(content), name=name, by=cast.finance[1])
    actions.take_in(file, by=cast.finance[1])
