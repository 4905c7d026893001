"""What was received or is waived: written down by one person, confirmed by another."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils import timezone
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
    move,
    require,
    require_state,
    require_words,
)
from conduct.actions.again import said_a_moment_ago
from conduct.queries.days import today
from vouchers.books.actions import post
from vouchers.books.models import LedgerEntry
from vouchers.payments.recoveries.models import Correction, Recovery
from vouchers.payments.recoveries.permissions import may_confirm_part, may_enter_recovery
from vouchers.payments.recoveries.queries import open_of

_ANOTHER = gettext_lazy("Somebody who did not write it down confirms it.")


@action(gettext_lazy("Money back from a payee written down"))
def receive_part(
    correction: Correction, *, amount: Decimal, received_on: date, bank_reference: str, by: User
) -> Recovery:
    """Write down what the payee paid back (EUR), as the statement of the bank says; another confirms.

    Of one transfer (day, amount and reference) there is one part: who writes it down again gets theirs,
    anybody else is refused. Raises OutOfOrder unless something is open, Refused (beside its field) for
    more than that, a day before the decision or to come, and without the bank's reference.
    """
    correction = locked(correction)
    require(may_enter_recovery, by)
    if (
        part := _of_transfer(correction, amount, received_on, bank_reference.strip(), by)
    ) is not None:
        return part
    _require_open(correction, amount)
    begun = correction.letter_on
    if not begun <= received_on <= today(correction.claim.voucher.country.zone):
        raise Refused(_("The day lies between their letter and today."), field="received_on")
    require_words(
        bank_reference,
        _("Write the bank's reference, with its letters and digits."),
        field="bank_reference",
    )
    with constraints_of(Recovery):
        return Recovery.objects.create(
            correction=correction,
            kind=Recovery.Kind.RECEIVED,
            amount=amount,
            received_on=received_on,
            bank_reference=bank_reference.strip(),
            entered_by=by,
        )


@action(gettext_lazy("Waiving of a recovery proposed"))
def waive_part(correction: Correction, *, amount: Decimal, reason: str, by: User) -> Recovery:
    """Propose to ask for so much (EUR) no more, for the `reason`; another person decides.

    The same proposal twice is one. Raises OutOfOrder unless something is open, Refused (beside its
    field) for more than that.
    """
    correction = locked(correction)
    require(may_enter_recovery, by)
    again = said_a_moment_ago(
        correction.parts.filter(kind=Recovery.Kind.WAIVED, state=Recovery.State.WAITING),
        at="entered_at",
        amount=amount,
        reason=reason,
        entered_by=by,
    )
    if again is not None:
        return again
    _require_open(correction, amount)
    require_words(reason, _("Say why it is waived."))
    with constraints_of(Recovery):
        return Recovery.objects.create(
            correction=correction,
            kind=Recovery.Kind.WAIVED,
            amount=amount,
            reason=reason,
            entered_by=by,
        )


@action(gettext_lazy("Part of a recovery confirmed"))
def confirm_part(part: Recovery, *, by: User) -> Recovery:
    """Confirm what somebody else wrote down: it is entered in the ledger.

    Raises NotAllowed for whoever wrote it down, OutOfOrder for a set-off, which its payment confirms.
    """
    part = judged(
        part,
        may_confirm_part,
        by=by,
        states=[Recovery.State.WAITING],
        otherwise=_ANOTHER,
    )
    _require_by_hand(part)
    return enter_part(part, by=by, day=part.received_on)


@action(gettext_lazy("Part of a recovery taken back"))
def take_back_part(part: Recovery, *, by: User) -> Recovery:
    """Take back what was written down and nobody has confirmed: it is open again."""
    part = judged(part, states=[Recovery.State.WAITING])
    require(may_enter_recovery | may_confirm_part, by, part)
    _require_by_hand(part)
    move(part, Recovery.State.VOID)
    part.save()
    return part


def enter_part(part: Recovery, *, by: User, day: date | None = None) -> Recovery:
    """Enter a locked part in the ledger; the last one settles its correction. Part of an action."""
    move(part, Recovery.State.ENTERED)
    part.confirmed_by, part.confirmed_at = by, timezone.now()
    with constraints_of(Recovery):
        part.save()
    correction = part.correction
    is_waived = part.kind == Recovery.Kind.WAIVED
    post(
        LedgerEntry.Kind.WAIVER if is_waived else LedgerEntry.Kind.RECOVERY,
        part,
        application=correction.claim.voucher.award.application,
        amount=part.amount,
        by=by,
        note=" · ".join(filter(None, [correction.reference, part.bank_reference, part.reason])),
        day=day,
    )
    is_there = correction.parts.exclude(state=Recovery.State.VOID)
    if not open_of(correction) and not is_there.filter(state=Recovery.State.WAITING).exists():
        move(correction, Correction.State.SETTLED)
        with constraints_of(Correction):
            correction.save()
    return part


def _of_transfer(
    correction: Correction, amount: Decimal, received_on: date, bank_reference: str, by: User
) -> Recovery | None:
    """The person's own part of this transfer, on a locked correction; None where nobody wrote it down.

    Raises Refused where somebody else did, or it is entered.
    """
    live = correction.parts.exclude(state=Recovery.State.VOID)
    part = live.filter(
        kind=Recovery.Kind.RECEIVED,
        amount=amount,
        received_on=received_on,
        bank_reference=bank_reference,
    ).first()
    if part is None or (part.entered_by_id == by.pk and part.state == Recovery.State.WAITING):
        return part
    raise Refused(_("This transfer is written down already."), field="bank_reference")


def _require_open(correction: Correction, amount: Decimal) -> None:
    """Raise OutOfOrder unless the locked correction is open, Refused where so much of it is not."""
    require_state(correction, *Correction.OPEN)
    if not 0 < amount <= open_of(correction):
        raise Refused(
            _("Write an amount of more than zero, and of no more than is open."), field="amount"
        )


def _require_by_hand(part: Recovery) -> None:
    if part.kind == Recovery.Kind.SET_OFF:
        raise OutOfOrder(_("A set-off goes the way of its payment."))
