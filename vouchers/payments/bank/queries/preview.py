"""What a file says and would do, before it is taken in: the same that taking it in does then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from conduct.queries.days import day_of
from conduct.queries.scoping import for_system
from vouchers.payments.bank.models import (
    BankFile,
    LineCharge,
    LineMatch,
    PaymentStatus,
    StatementLine,
)
from vouchers.payments.bank.rules.answers import (
    CSV,
    BankAnswer,
    BankLine,
    NotAnAnswer,
    Statement,
    Word,
)
from vouchers.payments.bank.rules.csv_form import read_table
from vouchers.payments.bank.rules.identity import Known, identified
from vouchers.payments.bank.rules.matching import Candidate, Candidates, MatchFound
from vouchers.payments.bank.rules.reading import read_answer
from vouchers.payments.bank.rules.statuses import MIXED, REJECTED
from vouchers.payments.batches.models import BankProfile, PaymentBatch
from vouchers.payments.batches.rules.reasons import HAS_IT_ALREADY
from vouchers.payments.models import PaymentOrder

from .files import columns_of, profile_with_account
from .lines import candidates_on


@dataclass(frozen=True)
class Sorted:
    """A statement with its lines that are new, what each is, and the lines whose details came now."""

    statement: Statement
    profile: BankProfile
    new: list[tuple[Known, int, MatchFound]]
    explained: list[int] = field(default_factory=list)

    @property
    def known(self) -> int:
        """How many lines are counted already."""
        return len(self.statement.lines) - len(self.new)

    def among(self, *, proposed: bool) -> list[tuple[BankLine, MatchFound]]:
        """The new lines that are proposed for a payment, or are set aside."""
        return [
            (known.line, found)
            for known, _position, found in self.new
            if (found.payment is not None) == proposed
        ]


@dataclass(frozen=True)
class SaidOfPayment:
    """The bank's word on one payment, and what follows."""

    payment: PaymentOrder
    word: Word
    outcome: str


@dataclass(frozen=True)
class FilePreview:
    """What a file says: statements with their lines sorted, or words on payments of one batch."""

    answer: BankAnswer
    statements: list[Sorted] = field(default_factory=list)
    batch: PaymentBatch | None = None
    said: list[SaidOfPayment] = field(default_factory=list)


@for_system("what a file says of the programme's own accounts, behind may_read_bank")
def preview_of(file: BankFile, columns: Mapping[str, str] | None = None) -> FilePreview:
    """What a file says and would do now; a table by `columns`, or those that its account keeps.

    Raises NotAnAnswer for what cannot be taken in: another account, a file that is not ours.
    """
    answer = read_answer(bytes(file.content))
    if answer.kind == CSV:
        return FilePreview(answer, [sorted_out(statement_in(file, columns))])
    if answer.report is not None:
        batch, said = said_of_payments(answer)
        return FilePreview(answer, batch=batch, said=said)
    return FilePreview(answer, [sorted_out(one) for one in answer.statements])


@for_system("what a file says of the programme's own accounts, behind may_read_bank")
def statement_in(file: BankFile, columns: Mapping[str, str] | None = None) -> Statement:
    """The lines of a bank's table by `columns`, or those that its account keeps.

    Raises NotAnAnswer where nobody has said which column is what, or a line cannot be read.
    """
    profile = profile_with_account(file.account)
    mapping = columns or columns_of(file.account)
    if profile is None or not mapping:
        raise NotAnAnswer("csv_needed")
    return read_table(bytes(file.content), mapping, account=file.account, currency=profile.currency)


@for_system("what a file says of the programme's own accounts, behind may_read_bank")
def sorted_out(statement: Statement) -> Sorted:
    """The lines of a statement that are not counted yet, and what each is.

    Raises NotAnAnswer for an account from which no verified profile pays.
    """
    profile = profile_with_account(statement.account)
    if profile is None:
        raise NotAnAnswer("other_account", statement.account[-4:])
    known = identified(statement.lines)
    new, explained = _without_counted(statement.account, known)
    candidates = _candidates(statement.account, [one.line for one, _position in new])
    sorted_lines = [(one, position, candidates.find(one.line)) for one, position in new]
    return Sorted(statement, profile, sorted_lines, explained)


@for_system("what is counted already of the programme's own account")
def _without_counted(
    account: str, known: Sequence[Known]
) -> tuple[list[tuple[Known, int]], list[int]]:
    """The lines that no file has brought, each with its place; and the sums whose details come now."""
    there = set(
        StatementLine.objects.filter(
            account=account, identity__in={one.identity for one in known}
        ).values_list("identity", "occurrence")
    )
    references = {one.line.reference for one in known if one.line.reference}
    entries = _entries(account, references)
    new, explained = [], set()
    for position, one in enumerate(known, start=1):
        if (one.identity, one.occurrence) in there:
            continue
        sums, details, done = entries.get(_entry_of(one.line), ((), False, False))
        # The same entry came with its details before, or was dealt with as one sum.
        if (not one.line.detail and details) or (one.line.detail and done):
            continue
        if one.line.detail:
            explained |= set(sums)
        new.append((one, position))
    return new, sorted(explained)


_Entry = tuple[str, object, bool]


def _entry_of(line: BankLine) -> _Entry:
    return line.reference, line.booked_on, line.is_credit


@for_system("what is counted already of the programme's own account")
def _entries(
    account: str, references: set[str]
) -> dict[_Entry, tuple[tuple[int, ...], bool, bool]]:
    """By entry of the bank: its lines without details, whether it has some with, and whether one of
    the first is matched or charged already."""
    found: dict[_Entry, tuple[tuple[int, ...], bool, bool]] = {}
    rows = StatementLine.objects.filter(account=account, reference__in=references)
    done = set(LineMatch.objects.filter(line__in=rows).values_list("line", flat=True))
    done |= set(LineCharge.objects.filter(line__in=rows).values_list("line", flat=True))
    for pk, reference, day, is_credit, detail in rows.values_list(
        "pk", "reference", "booked_on", "is_credit", "detail"
    ):
        sums, details, dealt = found.get((reference, day, is_credit), ((), False, False))
        if detail:
            details = True
        else:
            sums, dealt = (*sums, pk), dealt or pk in done
        found[reference, day, is_credit] = sums, details, dealt
    return found


def _candidates(account: str, lines: Sequence[BankLine]) -> Candidates:
    references = {line.end_to_end_id for line in lines if line.end_to_end_id}
    amounts: set[object] = {
        line.instructed or line.amount
        for line in lines
        if not line.end_to_end_id and line.payee_account
    }
    return Candidates(
        Candidate(
            key=one.pk,
            reference=one.reference,
            amount=one.amount,
            account=one.bank_account,
            left_on=day_of(one.batch.exported_at),
            is_out=one.state in (PaymentOrder.State.SENT, PaymentOrder.State.PAID),
            has_payment=one.has_payment,
            has_return=one.has_return,
        )
        for one in candidates_on(account, references, amounts)
    )


@for_system("the bank's word on the programme's own payments, behind may_read_bank")
def said_of_payments(answer: BankAnswer) -> tuple[PaymentBatch, list[SaidOfPayment]]:
    """The batch that a report answers to, and its word on each payment with what follows.

    Raises NotAnAnswer for a file, or a payment, that did not leave from here, and where two things are
    said of one payment.
    """
    report = answer.report
    if report is None:
        raise NotAnAnswer("nothing")
    batch = PaymentBatch.objects.filter(
        reference=report.original_message, exported_at__isnull=False
    ).first()
    if batch is None:
        raise NotAnAnswer("not_ours", report.original_message)
    payments = {one.reference: one for one in batch.payments.order_by("instruction")}
    by_instruction = {one.instruction: one for one in payments.values()}
    words: dict[str, Word] = {}
    for word in report.of_payments:
        payment = payments.get(word.end_to_end_id) or by_instruction.get(word.instruction_id)
        if payment is None:
            raise NotAnAnswer("stranger", word.end_to_end_id or word.instruction_id)
        if words.setdefault(payment.reference, word) != word:
            raise NotAnAnswer("two_words", payment.reference)
    groups = dict(report.of_groups)
    of_all = groups.get(batch.group_reference) or report.of_all
    if not of_all.status:
        of_all = report.of_all
    said = []
    for reference, payment in payments.items():
        word = words.get(reference) or (of_all if of_all.status not in MIXED else Word(""))
        if word.status:
            said.append(SaidOfPayment(payment, word, _outcome(payment, word)))
    return batch, said


def _outcome(payment: PaymentOrder, word: Word) -> str:
    if word.status not in REJECTED:
        return PaymentStatus.Outcome.NOTED
    is_second_copy = not HAS_IT_ALREADY.isdisjoint(word.reasons)
    if is_second_copy or payment.state != PaymentOrder.State.SENT:
        return PaymentStatus.Outcome.NOT_FOLLOWED
    return PaymentStatus.Outcome.GIVEN_BACK
