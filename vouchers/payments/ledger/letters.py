"""The documents that the ledger issues, and the facts they state; amounts in EUR as text."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from conduct.queries.days import today
from documents.kinds import ADDRESSEE, DocumentKind, Manner, Told, register
from vouchers.applications.letters import call_facts, on_letterhead
from vouchers.assistance.letters import voucher_facts
from vouchers.awards.models import Voucher
from vouchers.books.models import LedgerAccount, LedgerEntry
from vouchers.books.queries import head_facts
from vouchers.books.rules.routes import OF_A_VOUCHER
from vouchers.calls.models import Call

from .permissions import may_read_account, may_read_books, may_read_statement
from .queries import (
    accounts_of_call,
    entries_on,
    in_all,
    legs_of,
    money_of,
    sums_by_kind,
    vouchers_with_money,
)

# More lines than that are for the CSV: the paper says how many it leaves out.
LINES_OF_A_PAPER = 300

TRIAL_BALANCE = register(
    DocumentKind(
        slug="trial-balance",
        title=_("Trial balance"),
        template="letters/trial_balance.html",
        may_read=may_read_books,
    )
)
ACCOUNT_SHEET = register(
    DocumentKind(
        slug="account-sheet",
        title=_("Account sheet"),
        template="letters/account_sheet.html",
        may_read=may_read_account,
    )
)
VOUCHER_STATEMENT = register(
    DocumentKind(
        slug="voucher-statement",
        title=_("Statement of the voucher"),
        template="letters/voucher_statement.html",
        may_read=may_read_statement,
        told=(ADDRESSEE, Told(_("Value of the voucher"), "amount", Manner.MONEY)),
    )
)


def trial_facts(call: Call) -> dict[str, Any]:
    """The sums of a call's accounts by kind, what each voucher holds, and the head of the chain."""
    sums = sums_by_kind(accounts_of_call(call))
    awards = vouchers_with_money(call)
    return {
        "reference": call.reference,
        "call": call_facts(call),
        "date": today().isoformat(),
        "sums": [_texts(row) for row in sums],
        "in_all": _texts(in_all(sums)),
        "vouchers": [
            {
                "reference": award.application.reference,
                "cluster": award.application.cluster.name,
                **{kind: str(getattr(award, kind)) for kind in OF_A_VOUCHER},
            }
            for award in awards[:LINES_OF_A_PAPER]
        ],
        "left_out": max(0, awards.count() - LINES_OF_A_PAPER),
        "ledger": head_facts(call),
    }


def sheet_facts(account: LedgerAccount) -> dict[str, Any]:
    """The newest movements on an account, each with what stood there then, and what stands there."""
    legs = legs_of(account)
    shown = list(legs.select_related("entry").order_by("-pk")[:LINES_OF_A_PAPER])[::-1]
    return {
        "reference": account.reference or account.call.reference,
        "call": call_facts(account.call),
        "date": today().isoformat(),
        "account": str(account.get_kind_display()),
        "voucher": account.reference,
        "cluster": account.application.cluster.name if account.application else "",
        "lines": [
            {
                **_line(leg.entry),
                "debit": str(leg.debit) if leg.debit else "",
                "credit": str(leg.credit) if leg.credit else "",
                "balance": str(leg.balance),
            }
            for leg in shown
        ],
        "left_out": legs.count() - len(shown),
        "debits": str(account.debits),
        "credits": str(account.credits),
        "balance": str(account.balance),
        "ledger": head_facts(account.call),
    }


def statement_facts(voucher: Voucher) -> dict[str, Any]:
    """Every movement on a voucher, and where its money stands."""
    entries = entries_on(voucher)
    shown = list(entries.order_by("-number")[:LINES_OF_A_PAPER])[::-1]
    return {
        **voucher_facts(voucher),
        **on_letterhead(voucher.award.application),
        "date": today(voucher.country.zone).isoformat(),
        "money": _texts(money_of(voucher)),
        "lines": [{**_line(entry), "amount": str(entry.amount)} for entry in shown],
        "left_out": entries.count() - len(shown),
        "ledger": head_facts(voucher.award.application.call),
    }


def _line(entry: LedgerEntry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "day": entry.day.isoformat(),
        "movement": str(entry.get_kind_display()),
        "note": entry.note,
    }


def _texts(row: dict[str, Any]) -> dict[str, str]:
    return {key: str(value) for key, value in row.items()}
