"""What a cluster has in advance is cleared by the cost of its claims, the oldest advance first."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from conduct.actions import constraints_of
from vouchers.books.actions import post
from vouchers.books.models import LedgerEntry
from vouchers.payments.models import Claim, Clearing
from vouchers.payments.queries import advances_out


def clear_against_advances(claim: Claim) -> list[Clearing]:
    """Clear what is out of the voucher's advances by a locked claim that is being approved.

    Up to what the claim is worth; what is left of it is paid. The database keeps the sum.
    """
    left, made = claim.worth, []
    for one in advances_out(claim.voucher):
        amount = min(left, one.out)
        if amount > 0:
            with constraints_of(Clearing):
                made.append(
                    Clearing.objects.create(claim=claim, advance=one.advance, amount=amount)
                )
            left -= amount
    if made:
        claim.refresh_from_db(fields=["cleared"])
    return made


def enter_clearings(made: list[Clearing], *, by: User) -> None:
    """Enter them in the ledger, in the transaction of the approval: what was owed is cost now."""
    for clearing in made:
        _enter(LedgerEntry.Kind.CLEARING, clearing, by=by)


def undo_clearings(claim: Claim, *, by: User) -> None:
    """Undo what the approval of a locked claim cleared, with its reversal: the advance is out again."""
    for clearing in claim.clearings.filter(undone_at=None):
        clearing.undone_at = timezone.now()
        clearing.save(update_fields=["undone_at"])
        _enter(LedgerEntry.Kind.UNCLEARING, clearing, by=by)
    claim.refresh_from_db(fields=["cleared"])


def _enter(kind: str, clearing: Clearing, *, by: User) -> None:
    post(
        kind,
        clearing,
        application=clearing.claim.voucher.award.application,
        amount=clearing.amount,
        by=by,
        note=clearing.advance.invoice_numbers,
    )
