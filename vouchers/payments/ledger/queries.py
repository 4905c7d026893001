"""Reads of the ledger, scoped to who asks."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from accounts.models import User
from conduct.queries.scoping import for_system
from vouchers.awards.models import Award, Voucher
from vouchers.awards.queries import award_within_reach
from vouchers.books.models import (
    ClosedPeriod,
    EarlierMoney,
    LedgerAccount,
    LedgerEntry,
    LedgerLeg,
)
from vouchers.books.permissions import may_read_all_books
from vouchers.books.queries import books_up_to, instant_text
from vouchers.books.rules.routes import OF_A_VOUCHER
from vouchers.calls.models import Call

_CHUNK = 2000


def accounts_visible_to(user: User) -> QuerySet[LedgerAccount]:
    """The accounts of the awards and vouchers that the person may read; those of calls for who reads
    all books.
    """
    # What holds money is of an application as its award is.
    scope = award_within_reach(user) & Q(application__isnull=False)
    if may_read_all_books.test(user):
        scope |= Q(application=None)
    return LedgerAccount.objects.filter(scope)


def calls_with_accounts(user: User) -> QuerySet[Call]:
    """The calls of these accounts; the first account of a call is enough to find it."""
    of_call = accounts_visible_to(user).filter(call=OuterRef("pk"))
    return Call.objects.filter(Exists(of_call))


def legs_of(account: LedgerAccount) -> QuerySet[LedgerLeg]:
    """The sheet of an account: each movement on it."""
    return LedgerLeg.objects.filter(account=account)


def entries_on(voucher: Voucher) -> QuerySet[LedgerEntry]:
    """The statement of a voucher: each movement on it."""
    return LedgerEntry.objects.filter(application=voucher.award.application_id)


def sums_by_kind(
    accounts: QuerySet[LedgerAccount], every: Collection[str] = ()
) -> list[dict[str, Any]]:
    """What the accounts were debited and credited with (EUR), by kind, as it goes its way.

    A kind of which there is no account is left out, unless it is one of `every`: then it is zero.
    """
    none = dict.fromkeys(("debited", "credited"), Decimal(0))
    found = {
        row["kind"]: row
        for row in accounts.order_by()
        .values("kind")
        .annotate(debited=Sum("debits"), credited=Sum("credits"))
    }
    labels = dict(LedgerAccount.Kind.choices)
    return [
        {
            "kind": kind,
            "label": labels[kind],
            "debits": row["debited"],
            "credits": row["credited"],
            "balance": row["debited"] - row["credited"],
        }
        for kind in LedgerAccount.Kind.values
        if (row := found.get(kind, none if kind in every else None)) is not None
    ]


def in_all(rows: list[dict[str, Any]]) -> dict[str, Decimal]:
    """The sums of the rows; over a whole call debits equal credits, and the balance is zero."""
    return {
        key: sum((row[key] for row in rows), Decimal(0)) for key in ("debits", "credits", "balance")
    }


@for_system("a paper and a file of a whole call, behind may_read_books")
def accounts_of_call(call: Call) -> QuerySet[LedgerAccount]:
    """Every account of a call and of its vouchers."""
    return LedgerAccount.objects.filter(call=call)


def money_of(voucher: Voucher) -> dict[str, Decimal]:
    """Where the money of a voucher stands (EUR): by account, and what was released of it."""
    held = dict.fromkeys(OF_A_VOUCHER, Decimal(0))
    for account in LedgerAccount.objects.filter(application=voucher.award.application_id):
        held[account.kind] = account.balance
    recovered = voucher.paid - held["bank"] - held["advanced"] - held["receivable"]
    return {
        **held,
        "released": voucher.released,
        "recovered": recovered,
        "amount": voucher.amount,
    }


@for_system("a paper and a file of a whole call, behind may_read_books")
def vouchers_with_money(call: Call) -> QuerySet[Award]:
    """The awards of a call with what each of their accounts holds (EUR), by reference."""
    return (
        Award.objects.filter(application__call=call)
        .annotate(
            **{
                kind: Sum(
                    F("application__ledger_accounts__debits")
                    - F("application__ledger_accounts__credits"),
                    filter=Q(application__ledger_accounts__kind=kind),
                    default=Decimal("0.00"),
                )
                for kind in OF_A_VOUCHER
            }
        )
        .select_related("application__cluster")
        .order_by("application__reference")
    )


JOURNAL = (
    *("call", "number", "day", "entered_at", "kind", "source_type", "source_id", "part"),
    *("person", "note", "account", "voucher", "debit", "credit", "previous", "seal"),
)


@for_system("a paper and a file of a whole call, behind may_read_books")
def journal_of(call: Call) -> Iterator[list[Any]]:
    """Each leg of each entry of a call, in the order in which they are sealed; see JOURNAL.

    Every cell as text that no spreadsheet takes for a formula; the note as a JSON string, so that it
    comes back just as it was.
    """
    legs = (
        LedgerLeg.objects.filter(entry__call=call)
        .select_related("entry", "account")
        .order_by("entry__number", "debit", "account")
    )
    for leg in legs.iterator(_CHUNK):
        entry, account = leg.entry, leg.account
        yield [
            *(entry.call_id, entry.number, entry.day, instant_text(entry.entered_at), entry.kind),
            *(entry.source_type, entry.source_id, entry.part, entry.entered_by_id or ""),
            *(json.dumps(entry.note), account.kind, account.reference),
            *(leg.debit, leg.credit, entry.previous, entry.seal),
        ]


def closed_periods() -> QuerySet[ClosedPeriod]:
    """The periods that are closed, the latest first; every reader of the ledger may know them."""
    return ClosedPeriod.objects.select_related("closed_by", "proposed_by")


def earlier_money_visible_to(user: User) -> QuerySet[EarlierMoney]:
    """What was taken in of earlier rounds: for those who look after all countries."""
    if not may_read_all_books.test(user):
        return EarlierMoney.objects.none()
    return EarlierMoney.objects.all()


def closed_books(period: ClosedPeriod) -> list[dict[str, Any]]:
    """What the books said when a period was closed, by call, and whether their entries still say so.

    Behind may_read_all_books: it is of whole calls.
    """
    labels = dict(LedgerAccount.Kind.choices)
    order = LedgerAccount.Kind.values
    now = {call["call"]: call["sums"] for call in books_up_to(period.ends_on)}
    return [
        {
            **call,
            "stands": now.get(call["call"]) == call["sums"],
            "sums": [
                {**row, "label": labels[row["kind"]]}
                for row in sorted(call["sums"], key=lambda row: order.index(row["kind"]))
            ],
        }
        for call in period.books
    ]
