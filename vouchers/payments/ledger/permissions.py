"""Who reads the ledger, and how much of it."""

import rules

from accounts.models import User
from accounts.permissions import is_officer
from vouchers.awards.permissions import is_recused_in, may_read_voucher
from vouchers.books.models import LedgerAccount
from vouchers.books.permissions import may_read_all_books
from vouchers.calls.models import Call

from .queries import accounts_visible_to

# Officers read the accounts of the vouchers of their country.
may_read_ledger = may_read_all_books | is_officer
may_read_statement = may_read_voucher


@rules.predicate
def may_read_account(user: User, account: LedgerAccount) -> bool:
    return accounts_visible_to(user).filter(pk=account.pk).exists()


@rules.predicate
def may_read_books(user: User, call: Call) -> bool:
    """Every entry of a call: nobody whom a conflict of interest shuts out of an application of it."""
    return may_read_all_books.test(user) and not is_recused_in.test(user, call)
