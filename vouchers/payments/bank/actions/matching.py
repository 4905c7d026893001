"""Saying what a line of the bank is: a payment, its return, a charge, or nothing of ours."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    OutOfOrder,
    Refused,
    action,
    constraints_of,
    judged,
    locked,
    require,
    require_words,
)
from vouchers.books.actions import charge
from vouchers.calls.models import Call
from vouchers.payments.bank.models import (
    LineCharge,
    LineMatch,
    LineProposal,
    SetAside,
    StatementLine,
)
from vouchers.payments.bank.permissions import may_match, may_match_line, may_match_return
from vouchers.payments.bank.wording import reference_of
from vouchers.payments.batches.actions import (
    judged_with_set_offs,
    record_payment,
    return_payment,
)
from vouchers.payments.models import PaymentOrder

_ANOTHER_MATCHES = gettext_lazy(
    "Somebody who took no earlier step of this claim, and neither proposed nor authorised the batch, "
    "confirms what the bank paid."
)
_State = PaymentOrder.State


@action(gettext_lazy("Line of the bank matched"))
def match_line(line: StatementLine, payment: PaymentOrder, *, by: User) -> LineMatch:
    """Say that a line is a payment, or that its money came back: the ledger follows.

    A debit books what is with the bank, and is tied to what was booked by hand; a credit makes it
    payable again. Charges within the line are entered on the call. Raises Refused unless account, side,
    currency and amount are the same, OutOfOrder for a line or payment that is dealt with already.
    """
    line = judged(line, may_match_line, by=by)
    # With the vouchers of what it sets off, which its booking locks: before its own, in their order.
    payment = judged_with_set_offs(payment)
    _require_open(line)
    _require_alike(line, payment)
    if line.is_credit:
        require(may_match_return, by, payment)
        kind = LineMatch.Kind.RETURN
        _give_back(line, payment, by=by)
    else:
        require(may_match, by, payment, otherwise=_ANOTHER_MATCHES)
        kind = LineMatch.Kind.PAYMENT
        _book(line, payment, by=by)
    with constraints_of(LineMatch):
        match = LineMatch.objects.create(line=line, payment=payment, kind=kind, matched_by=by)
    if line.charges and line.currency == "EUR":
        call = payment.claim.voucher.award.application.call
        _charge(line, call, line.charges, by=by)
    return match


@action(gettext_lazy("Line of the bank confirmed"))
def confirm_line(line: StatementLine, *, by: User) -> LineMatch:
    """Confirm what a line was proposed to be. Raises OutOfOrder for one that was not."""
    line = judged(line, may_match_line, by=by)
    proposal = LineProposal.objects.filter(line=line).select_related("payment").first()
    if proposal is None:
        raise OutOfOrder(_("Nothing is proposed for this line: choose its payment."))
    return match_line(line, proposal.payment, by=by)


@action(gettext_lazy("Line of the bank set aside"))
def set_line_aside(line: StatementLine, *, reason: str, by: User) -> SetAside:
    """Set a line aside with a reason: it is no payment of ours, or waits. It can be matched later."""
    line = judged(line, may_match_line, by=by)
    _require_open(line)
    require_words(reason, _("Say why the line is set aside."))
    with constraints_of(SetAside):
        return SetAside.objects.create(
            line=line, why=SetAside.Why.PERSON, words=reason.strip(), set_by=by
        )


@action(gettext_lazy("Charge of the bank entered"))
def charge_line(line: StatementLine, call: Call, *, by: User) -> LineCharge:
    """Enter a line as what the bank took for itself, on the call that bears it.

    Raises Refused for money that came in, and where the call has not so much left.
    """
    line = judged(line, may_match_line, by=by)
    call = locked(call)
    _require_open(line)
    if line.is_credit or line.currency != "EUR":
        raise Refused(_("A charge is money in euro that the bank took."))
    return _charge(line, call, line.amount, by=by)


def _charge(line: StatementLine, call: Call, amount: Decimal, *, by: User) -> LineCharge:
    with constraints_of(LineCharge):
        entered = LineCharge.objects.create(line=line, call=call, amount=amount, charged_by=by)
    charge(call, line, amount, by=by, day=line.booked_on, note=reference_of(line))
    return entered


def _require_open(line: StatementLine) -> None:
    if LineMatch.objects.filter(line=line).exists():
        raise OutOfOrder(_("This line is matched already."))
    if LineCharge.objects.filter(line=line).exists():
        raise OutOfOrder(_("This line is entered as a charge already."))


def _require_alike(line: StatementLine, payment: PaymentOrder) -> None:
    """Raise Refused with what differs between a line and a payment."""
    if payment.state not in (_State.SENT, _State.PAID, _State.RETURNED):
        raise OutOfOrder(_("This payment never left."))
    if line.account != payment.batch.profile.debtor_account:
        raise Refused(_("The line is of another account than the payment was made from."))
    amount = line.amount if line.instructed is None else line.instructed
    currency = line.currency if line.instructed is None else line.instructed_currency
    if (amount, currency) != (payment.amount, "EUR"):
        raise Refused(_("The line and the payment differ in amount or currency."))


def _book(line: StatementLine, payment: PaymentOrder, *, by: User) -> None:
    """Book what is with the bank; what was booked by hand, or came back since, stands already."""
    if payment.state == _State.SENT:
        record_payment(payment, paid_on=line.booked_on, bank_reference=reference_of(line), by=by)


def _give_back(line: StatementLine, payment: PaymentOrder, *, by: User) -> None:
    if payment.state in (_State.SENT, _State.PAID):
        return_payment(
            payment,
            reason=line.text or line.return_code or str(_("The bank gave the money back.")),
            code=line.return_code,
            bank_reference=reference_of(line),
            told_on=line.booked_on,
            by=by,
        )
