"""A correction is proposed by one person and decided by another; decided, it stands in the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.queries import people_holding
from conduct.actions import (
    Refused,
    action,
    constraints_of,
    judged,
    locked,
    move,
    require,
    require_state,
    require_words,
)
from conduct.actions.again import said_a_moment_ago
from conduct.queries.days import today
from documents.wording import figures
from vouchers.books.actions import post
from vouchers.books.models import LedgerEntry
from vouchers.payments.models import Claim
from vouchers.payments.queries import advances_out, claimants_of
from vouchers.payments.recoveries.models import AuditBody, Correction, CorrectionLine
from vouchers.payments.recoveries.permissions import (
    may_decide_correction,
    may_propose_correction,
)

from .telling import tell

_ANOTHER = gettext_lazy("Somebody who did not propose the correction decides it.")


@dataclass(frozen=True)
class CorrectionTyped:
    """Who asks for it by which letter, why, and how much (EUR) of which line of the claim, by its key.

    Of an advance, which has no lines, `demanded` is what is to come back of it (EUR).
    """

    body: str
    letter: str
    letter_on: date
    reason: str
    lines: Mapping[int, Decimal]
    demanded: Decimal = Decimal(0)


@action(gettext_lazy("Correction after audit proposed"))
def propose_correction(claim: Claim, typed: CorrectionTyped, *, by: User) -> Correction:
    """Propose to correct lines of a paid claim, or to demand an advance back; another person decides.

    The same proposal twice is one. Raises OutOfOrder for a claim that is not paid, Refused
    (beside its field) without an amount, for more than is still paid of a line, a day to
    come, or without letter and reason.
    """
    claim = locked(claim)
    require(may_propose_correction, by)
    require_state(claim, Claim.State.PAID)
    _require_whole(typed, claim)
    lines = {line.pk: line for line in claim.lines.all()}
    amounts = {key: amount for key, amount in typed.lines.items() if amount}
    total = sum(amounts.values(), Decimal(0))
    if claim.is_advance:
        total = _demanded(claim, typed.demanded)
    elif not amounts:
        raise Refused(_("Write how much of at least one line is corrected."))
    if not amounts.keys() <= lines.keys() or any(amount < 0 for amount in amounts.values()):
        raise Refused(_("Write amounts of more than zero, of lines of this claim."))
    if (again := _proposed_a_moment_ago(claim, typed, amounts, total, by)) is not None:
        return again
    number = Correction.objects.filter(claim__voucher=claim.voucher_id).count()
    with constraints_of(Correction):
        correction = Correction.objects.create(
            claim=claim,
            reference=f"{claim.voucher.reference}-C{number + 1}",
            body=AuditBody(typed.body),
            letter=typed.letter.strip(),
            letter_on=typed.letter_on,
            reason=typed.reason.strip(),
            amount=total,
            proposed_by=by,
        )
    for key, amount in amounts.items():
        with _beside(key), constraints_of(CorrectionLine):
            CorrectionLine.objects.create(correction=correction, line=lines[key], amount=amount)
    people = people_holding(Role.FINANCE) | people_holding(Role.COORDINATOR)
    tell(people.exclude(pk=by.pk).distinct(), "payment-correction-proposed", correction)
    return correction


@action(gettext_lazy("Correction after audit decided"))
def decide_correction(correction: Correction, *, by: User) -> Correction:
    """Take the correction: from here on its amount is to be recovered, and the cluster is told.

    Raises NotAllowed for whoever proposed it, Refused where the claim's money is not with its payee.
    """
    correction = judged(
        correction,
        may_decide_correction,
        by=by,
        states=[Correction.State.PROPOSED],
        otherwise=_ANOTHER,
    )
    require_state(correction.claim, Claim.State.PAID)
    move(correction, Correction.State.ANNOUNCED)
    correction.decided_by, correction.decided_at = by, timezone.now()
    with constraints_of(Correction):
        correction.save()
    application = correction.claim.voucher.award.application
    is_advance = correction.claim.is_advance
    post(
        LedgerEntry.Kind.DEMAND if is_advance else LedgerEntry.Kind.CORRECTION,
        correction,
        application=application,
        amount=correction.amount,
        by=by,
        note=f"{correction.reference} · {correction.letter}",
    )
    tell(claimants_of(correction.claim.voucher), "payment-correction-announced", correction)
    return correction


@action(gettext_lazy("Correction after audit not taken"))
def refuse_correction(correction: Correction, *, reason: str, by: User) -> Correction:
    """Decide that nothing is corrected, for the `reason`. Raises NotAllowed for whoever proposed it."""
    correction = judged(
        correction,
        may_decide_correction,
        by=by,
        states=[Correction.State.PROPOSED],
        otherwise=_ANOTHER,
    )
    require_words(reason, _("Say why it is not taken."))
    move(correction, Correction.State.REFUSED)
    correction.decided_by, correction.decided_at = by, timezone.now()
    correction.refusal = reason
    with constraints_of(Correction):
        correction.save()
    return correction


def _proposed_a_moment_ago(
    claim: Claim, typed: CorrectionTyped, amounts: Mapping[int, Decimal], total: Decimal, by: User
) -> Correction | None:
    found = said_a_moment_ago(
        claim.corrections.filter(state=Correction.State.PROPOSED),
        at="proposed_at",
        body=typed.body,
        letter=typed.letter.strip(),
        letter_on=typed.letter_on,
        reason=typed.reason.strip(),
        amount=total,
        proposed_by=by,
    )
    if found is None or dict(found.lines.values_list("line", "amount")) != dict(amounts):
        return None
    return found


def _demanded(advance: Claim, amount: Decimal) -> Decimal:
    """What is demanded back of a locked advance. Raises Refused for more than is out of it."""
    out = next((one.out for one in advances_out(advance.voucher) if one.advance == advance), 0)
    if not 0 < amount <= out:
        raise Refused(
            _("%(out)s EUR of the advance are not cleared: write an amount up to that.")
            % {"out": figures(out)},
            field="demanded",
        )
    return amount


def _require_whole(typed: CorrectionTyped, claim: Claim) -> None:
    if typed.letter_on > today(claim.voucher.country.zone):
        raise Refused(_("This day has not come yet."), field="letter_on")
    require_words(typed.letter, _("Write the reference of their letter."), field="letter")
    require_words(typed.reason, _("Say what was found."))


@contextmanager
def _beside(line: int) -> Iterator[None]:
    """Show what is refused beside the amount of the line."""
    try:
        yield
    except Refused as refusal:
        raise Refused(refusal.message, field=f"line_{line}") from refusal
