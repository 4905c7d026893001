"""Taking a file of the bank in: its lines are counted, its words noted, its rejections followed."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, Refused, action, constraints_of, judged, locked
from conduct.queries.days import day_of
from vouchers.payments.bank.models import (
    BankFile,
    BankStatement,
    CsvMapping,
    LineProposal,
    PaymentStatus,
    SetAside,
    StatementLine,
)
from vouchers.payments.bank.permissions import may_take_in
from vouchers.payments.bank.queries import (
    SaidOfPayment,
    columns_of,
    said_of_payments,
    sorted_out,
    statement_in,
)
from vouchers.payments.bank.queries.preview import Sorted
from vouchers.payments.bank.rules.answers import CSV, BankAnswer, BankLine, NotAnAnswer
from vouchers.payments.bank.rules.reading import read_answer
from vouchers.payments.bank.rules.statuses import ACCEPTED, WAITING
from vouchers.payments.bank.wording import fault_told
from vouchers.payments.batches.actions import (
    acknowledge_batch,
    by_books,
    locked_payments,
    return_payment,
)
from vouchers.payments.batches.models import PaymentBatch

# The space of advisory locks of accounts: what is counted of one is counted by one at a time.
_ACCOUNTS = 7_213_602


@action(gettext_lazy("File of the bank taken in"))
def take_in(file: BankFile, *, by: User, columns: Mapping[str, str] | None = None) -> BankFile:
    """Count the lines of a file that no other has brought, and say what each is; note its words.

    A payment that the bank rejected is payable again. Nothing else is booked: a line waits for a person.
    `columns` says what the columns of a table are, and is kept for its account. Raises OutOfOrder for a
    file that was taken in already, Refused for one that cannot be.
    """
    file = judged(file, may_take_in, by=by)
    if file.taken_at is not None:
        raise OutOfOrder(_("This file was taken in already."))
    try:
        answer = read_answer(bytes(file.content))
        if answer.report is not None:
            _note(file, answer, by=by)
        else:
            _count(file, answer, columns, by=by)
    except NotAnAnswer as fault:
        raise Refused(fault_told(fault), field="columns" if columns else "upload") from fault
    except ValidationError as error:
        # What the bank says fits no record: it is told, and nothing of the file is taken in.
        raise Refused(" ".join(error.messages)) from error
    file.taken_by, file.taken_at = by, timezone.now()
    with constraints_of(BankFile):
        file.save(update_fields=["taken_by", "taken_at"])
    return file


def _count(
    file: BankFile, answer: BankAnswer, columns: Mapping[str, str] | None, *, by: User
) -> None:
    if answer.kind == CSV and columns and columns != columns_of(file.account):
        CsvMapping.objects.create(account=file.account, columns=dict(columns), entered_by=by)
    statements = answer.statements if answer.kind != CSV else [statement_in(file, columns)]
    for account in sorted({one.account for one in statements}):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_ACCOUNTS, account])
    # One after the other: a file may hold the same line twice.
    for statement in statements:
        _save(file, sorted_out(statement))


def _save(file: BankFile, found: Sorted) -> None:
    said = found.statement
    with constraints_of(BankStatement, StatementLine):
        statement = BankStatement.objects.create(
            file=file,
            profile=found.profile,
            account=said.account,
            identification=said.identification[:35],
            number=said.number[:35],
            currency=said.currency or found.profile.currency,
            begins_on=said.begins_on,
            ends_on=said.ends_on,
            opening=said.opening,
            closing=said.closing,
            moved=said.moved,
            lines_said=len(said.lines),
            lines_new=len(found.new),
        )
        lines = StatementLine.objects.bulk_create(
            [
                StatementLine(
                    statement=statement,
                    account=said.account,
                    position=position,
                    identity=known.identity,
                    occurrence=known.occurrence,
                    **_facts(known.line),
                )
                for known, position, _found in found.new
            ]
        )
    proposals, aside = [], [SetAside(line_id=pk, why="explained") for pk in found.explained]
    for line, (_known, _position, what) in zip(lines, found.new, strict=True):
        if what.payment is not None:
            proposals.append(LineProposal(line=line, payment_id=what.payment, how=what.how))
        else:
            aside.append(SetAside(line=line, why=what.why, words=what.words))
    LineProposal.objects.bulk_create(proposals)
    SetAside.objects.bulk_create(aside)


def _facts(line: BankLine) -> dict[str, object]:
    names = (
        *("reference", "detail", "parts", "booked_on", "valued_on", "amount", "currency"),
        *("is_credit", "is_reversal", "charges", "instructed", "instructed_currency"),
        *("end_to_end_id", "group_id", "payee", "payee_account", "text", "return_code"),
        "bank_code",
    )
    return {name: getattr(line, name) for name in names}


def _note(file: BankFile, answer: BankAnswer, *, by: User) -> None:
    """Keep the bank’s word on each payment; what it rejected comes back, the batch is acknowledged."""
    batch = locked(said_of_payments(answer)[0])
    # All at once, in one order: several may be given back, each with vouchers of its own.
    places = {one.pk: by_books(one) for one in locked_payments(batch)}
    # Under these locks: what stands now.
    _batch, said = said_of_payments(answer)
    report = answer.report
    if report is None:
        return
    PaymentStatus.objects.bulk_create(
        [
            PaymentStatus(
                file=file,
                batch=batch,
                payment=one.payment,
                status=one.word.status,
                reasons=list(one.word.reasons),
                text=one.word.text,
                said_on=report.said_on,
                outcome=one.outcome,
            )
            for one in said
        ]
    )
    accepted = {report.of_all.status, *(one.word.status for one in said)} & (ACCEPTED | WAITING)
    if accepted and batch.state == PaymentBatch.State.EXPORTED:
        acknowledge_batch(batch, bank_reference=report.message_id, by=by)
    for one in sorted(said, key=lambda one: places[one.payment.pk]):
        if one.outcome == PaymentStatus.Outcome.GIVEN_BACK:
            _give_back(one, answer, by=by)


def _give_back(one: SaidOfPayment, answer: BankAnswer, *, by: User) -> None:
    report = answer.report
    code = one.word.reasons[0] if one.word.reasons else ""
    exported = one.payment.batch.exported_at
    if report is not None and exported is not None:
        return_payment(
            one.payment,
            reason=one.word.text or code or one.word.status,
            code=code,
            bank_reference=report.message_id,
            # Near midnight the bank's calendar may be a day behind ours.
            told_on=max(report.said_on, day_of(exported)),
            by=by,
        )
