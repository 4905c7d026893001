"""What the bank has not confirmed, and why: by its last word, and by what its lines leave open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from conduct.queries.days import today
from conduct.queries.scoping import for_system
from documents.wording import day, number
from vouchers.payments.bank.models import LineMatch, PaymentStatus, StatementLine
from vouchers.payments.bank.rules.matching import NO_DETAILS
from vouchers.payments.batches.queries import payments_visible_to
from vouchers.payments.batches.wording import reason_told
from vouchers.payments.models import PaymentOrder

from .lines import PROPOSED, with_standing


@dataclass(frozen=True)
class Unconfirmed:
    """A payment that is with the bank, why it is not confirmed, and the page where that is mended."""

    payment: PaymentOrder
    sentence: str
    line: StatementLine | None = None
    # How many days the bank has had the file.
    days: int = 0


def unconfirmed_by(user: User) -> QuerySet[PaymentOrder]:
    """The payments that are with the bank and not booked, for who reads orders."""
    return payments_visible_to(user).filter(state=PaymentOrder.State.SENT)


@for_system("payments that the caller has found in the reader's scope")
def last_words(payments: Sequence[PaymentOrder]) -> dict[int, PaymentStatus]:
    """The bank's last word on each payment, by its key."""
    said = PaymentStatus.objects.filter(payment__in=[one.pk for one in payments]).order_by("pk")
    return {word.payment_id: word for word in said.select_related("file")}


@for_system("payments that the caller has found in the reader's scope")
def matches_of(payments: Sequence[PaymentOrder]) -> dict[int, list[LineMatch]]:
    """The lines of the bank that are matched with each payment, by its key."""
    found: dict[int, list[LineMatch]] = {}
    matched = LineMatch.objects.filter(payment__in=[one.pk for one in payments])
    for match in matched.select_related("line").order_by("pk"):
        found.setdefault(match.payment_id, []).append(match)
    return found


@for_system("payments that the caller has found in the reader's scope")
def why_unconfirmed(payments: Sequence[PaymentOrder]) -> list[Unconfirmed]:
    """Why each is not confirmed; a constant number of queries."""
    words = last_words(payments)
    of_payments = {"proposal__payment__in": [one.pk for one in payments], "is_credit": False}
    waiting = with_standing(StatementLine.objects.filter(**of_payments)).filter(stands=PROPOSED)
    proposed = {line.proposal.payment_id: line for line in waiting.select_related("proposal")}
    sums = {
        line.group_id: line
        for line in StatementLine.objects.filter(
            group_id__in={one.batch.group_reference for one in payments},
            set_asides__why=NO_DETAILS,
        ).exclude(set_asides__why="explained")
    }
    now = timezone.now()
    found = []
    for payment in payments:
        exported = payment.batch.exported_at
        days = (now - exported).days if exported else 0
        line = proposed.get(payment.pk) or sums.get(payment.batch.group_reference)
        sentence = _why(payment, words.get(payment.pk), line, days)
        found.append(Unconfirmed(payment, sentence, line, days))
    return found


def _why(
    payment: PaymentOrder, word: PaymentStatus | None, line: StatementLine | None, days: int
) -> str:
    if line is not None and not line.detail and line.parts > 1:
        return _(
            "The bank booked one sum for the whole batch, without saying which payments it is: ask "
            "it for the details (camt.054)."
        )
    if line is not None:
        return _("A line of the bank of %(day)s seems to be this payment: confirm it.") % {
            "day": day(line.booked_on)
        }
    if word is None:
        return _silent(days)
    if word.outcome == PaymentStatus.Outcome.NOT_FOLLOWED:
        why = reason_told(word.reasons[0] if word.reasons else "", word.text)
        return _("The bank refused a second copy: %(why)s") % {"why": why}
    if payment.batch.execution_on > today():
        return _("The bank has accepted it; it is to be paid on %(day)s.") % {
            "day": day(payment.batch.execution_on)
        }
    return _("The bank accepted it on %(day)s; no statement shows it yet.") % {
        "day": day(word.said_on)
    }


def _silent(days: int) -> str:
    if not days:
        return _("The bank has said nothing yet.")
    return ngettext(
        "The bank has said nothing for %(number)s day: ask it.",
        "The bank has said nothing for %(number)s days: ask it.",
        days,
    ) % {"number": number(days)}
