"""What the books hold of a voucher."""

from decimal import Decimal

from vouchers.books.models import LedgerAccount


def held(voucher, kind):
    """EUR on an account of the voucher."""
    found = LedgerAccount.objects.filter(
        application=voucher.award.application_id, kind=kind
    ).first()
    return found.balance if found else Decimal(0)
