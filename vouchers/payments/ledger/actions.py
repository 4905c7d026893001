"""Issuing what the ledger says as documents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import action, judged
from documents.actions import issue_in_every_language
from documents.models import Document
from vouchers.awards.models import Voucher
from vouchers.books.models import LedgerAccount
from vouchers.calls.models import Call

from .letters import (
    ACCOUNT_SHEET,
    TRIAL_BALANCE,
    VOUCHER_STATEMENT,
    sheet_facts,
    statement_facts,
    trial_facts,
)
from .permissions import may_read_account, may_read_books, may_read_statement


@action(gettext_lazy("Trial balance issued"))
def issue_trial_balance(call: Call, *, by: User) -> dict[str, Document]:
    """Issue the trial balance of a call as it is now, in every language; the one before is superseded."""
    call = judged(call, may_read_books, by=by)
    return issue_in_every_language(
        TRIAL_BALANCE, call, lambda: trial_facts(call), by=by, reference=call.reference
    )


@action(gettext_lazy("Account sheet issued"))
def issue_account_sheet(account: LedgerAccount, *, by: User) -> dict[str, Document]:
    """Issue the sheet of an account as it is now, in every language."""
    account = judged(account, may_read_account, by=by)
    return issue_in_every_language(
        ACCOUNT_SHEET,
        account,
        lambda: sheet_facts(account),
        by=by,
        reference=account.reference or account.call.reference,
    )


@action(gettext_lazy("Statement of the voucher issued"))
def issue_statement(voucher: Voucher, *, by: User) -> dict[str, Document]:
    """Issue the statement of a voucher as it is now, in every language."""
    voucher = judged(voucher, may_read_statement, by=by)
    return issue_in_every_language(
        VOUCHER_STATEMENT,
        voucher,
        lambda: statement_facts(voucher),
        by=by,
        reference=voucher.reference,
    )
