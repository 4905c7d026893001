"""The lists of the ledger: trial balance, sheet of an account, statement of a voucher, seals, history."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db.models import F, QuerySet, Sum
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.middleware import PersonRequest
from clusters.queries import countries_reached_by
from documents.queries import documents_about
from exports.rules.columns import Column, Kind
from lists.forms import several
from lists.queries import Total
from lists.views import ListPage, Order
from vouchers.awards.models import Voucher
from vouchers.books.models import EarlierMoney, LedgerAccount, LedgerEntry, LedgerLeg
from vouchers.books.permissions import may_close_periods, may_read_all_books
from vouchers.books.queries import head_of, heads_by_day
from vouchers.calls.models import Call
from vouchers.calls.queries import calls_visible_to
from vouchers.payments.ledger import queries
from vouchers.payments.ledger.forms.lists import (
    AccountFilters,
    EarlierFilters,
    EntryFilters,
    LegFilters,
    SealFilters,
)
from vouchers.payments.ledger.permissions import may_read_books, may_read_ledger

_MOVEMENTS = dict(LedgerEntry.Kind.choices)
_ACCOUNTS = dict(LedgerAccount.Kind.choices)


class TrialBalance(ListPage):
    """Every account that the person may read, with the sums of what is shown."""

    request: PersonRequest

    name = "trial-balance"
    title = _("Trial balance")
    template = "payments/ledger/trial.html"
    filter_class = AccountFilters
    totals = (Total("balance", _("balance"), Sum(F("debits") - F("credits"), default=0)),)
    orders: Mapping[str, Order] = {
        "voucher": Order(_("By voucher"), ("reference", "pk")),
        "largest": Order(_("Largest sum first"), ("-debits", "pk")),
    }
    columns = (
        Column("call", _("Call"), kind=Kind.TEXT, value=lambda one: one.call.reference),
        Column("voucher", _("Voucher"), kind=Kind.TEXT, value=lambda one: one.reference),
        Column(
            "cluster",
            _("Cluster"),
            kind=Kind.TEXT,
            value=lambda one: one.application.cluster.name if one.application else "",
        ),
        Column(
            "country",
            _("Country"),
            value=lambda one: one.application.country_id if one.application else "",
        ),
        Column(
            "account",
            _("Account"),
            kind=Kind.STATE,
            value=lambda one: one.kind,
            words=_ACCOUNTS,
        ),
        Column("debits", _("Debits (EUR)"), kind=Kind.MONEY, value=lambda one: one.debits),
        Column("credits", _("Credits (EUR)"), kind=Kind.MONEY, value=lambda one: one.credits),
        Column("balance", _("Balance (EUR)"), kind=Kind.MONEY, value=lambda one: one.balance),
    )

    def records(self) -> QuerySet[LedgerAccount]:
        if not may_read_ledger.test(self.request.user):
            raise Http404
        return queries.accounts_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[LedgerAccount]) -> QuerySet[LedgerAccount]:
        return records.select_related("call", "application__cluster")

    @cached_property
    def calls(self) -> list[Call]:
        """The calls of the accounts that the person may read, the newest first."""
        return list(queries.calls_with_accounts(self.request.user).order_by("-year", "-pk"))

    def offered(self) -> Mapping[str, Any]:
        return {
            "call": several((call.slug, str(call)) for call in calls_visible_to(self.request.user)),
            "country": several(countries_reached_by(self.request.user).items()),
        }

    def context(self) -> dict[str, Any]:
        # Of a long list each kind has its row before its sums are there, and keeps it.
        kinds = [chosen] if (chosen := self.filters.chosen.get("kind")) else list(_ACCOUNTS)
        every = kinds if self.page.is_exact else ()
        sums = queries.sums_by_kind(self.filters.qs, every) if self.is_summed else []
        call = self._call
        return {
            **super().context(),
            "sums": sums,
            "awaited_sums": [{"label": _ACCOUNTS[kind]} for kind in kinds],
            "sums_beside": "trial-sums",
            "in_all": queries.in_all(sums),
            "call": call,
            "reads_all": may_read_all_books.test(self.request.user),
            "may_export_books": call is not None and may_read_books.test(self.request.user, call),
            "head": head_of(call) if call else None,
            "documents": documents_about(call) if call else None,
        }

    @property
    def _call(self) -> Call | None:
        """The call that the list is narrowed to, or the only one."""
        chosen = self.filters.chosen.get("call")
        if len(self.calls) == 1:
            return self.calls[0]
        return next((call for call in self.calls if call.slug == chosen), None)


class AccountSheet(ListPage):
    """Each movement on one account, with what stood there after it."""

    request: PersonRequest

    name = "account-sheet"
    title = _("Account sheet")
    template = "payments/ledger/account.html"
    filter_class = LegFilters
    orders: Mapping[str, Order] = {
        "newest": Order(_("Newest first"), ("-pk",)),
        "oldest": Order(_("Oldest first"), ("pk",)),
    }
    columns = (
        Column("number", _("Entry"), value=lambda one: one.entry.number),
        Column("day", _("Day"), kind=Kind.DAY, value=lambda one: one.entry.day),
        Column(
            "movement",
            _("Movement"),
            kind=Kind.STATE,
            value=lambda one: one.entry.kind,
            words=_MOVEMENTS,
        ),
        Column(
            "voucher",
            _("Voucher"),
            kind=Kind.TEXT,
            value=lambda one: one.entry.application.reference if one.entry.application else "",
        ),
        Column("debit", _("Debit (EUR)"), kind=Kind.MONEY, value=lambda one: one.debit),
        Column("credit", _("Credit (EUR)"), kind=Kind.MONEY, value=lambda one: one.credit),
        Column("balance", _("Balance (EUR)"), kind=Kind.MONEY, value=lambda one: one.balance),
        Column("note", _("Note"), kind=Kind.TEXT, value=lambda one: one.entry.note),
        Column("seal", _("Seal"), kind=Kind.TEXT, value=lambda one: one.entry.seal),
    )

    def __init__(self, request: HttpRequest, account: LedgerAccount) -> None:
        super().__init__(request)
        self.account = account

    def records(self) -> QuerySet[LedgerLeg]:
        return queries.legs_of(self.account)

    def with_facts(self, records: QuerySet[LedgerLeg]) -> QuerySet[LedgerLeg]:
        return records.select_related("entry__application__cluster", "entry__entered_by")

    def context(self) -> dict[str, Any]:
        return {
            **super().context(),
            "account": self.account,
            "reads_ledger": may_read_ledger.test(self.request.user),
            "documents": documents_about(self.account),
        }


class VoucherStatement(ListPage):
    """Each movement on one voucher."""

    request: PersonRequest

    name = "voucher-statement"
    title = _("Statement of the voucher")
    template = "payments/ledger/statement.html"
    filter_class = EntryFilters
    orders: Mapping[str, Order] = {
        "oldest": Order(_("Oldest first"), ("number",)),
        "newest": Order(_("Newest first"), ("-number",)),
    }
    columns = (
        Column("number", _("Entry"), value=lambda one: one.number),
        Column("day", _("Day"), kind=Kind.DAY, value=lambda one: one.day),
        Column(
            "movement", _("Movement"), kind=Kind.STATE, value=lambda one: one.kind, words=_MOVEMENTS
        ),
        Column(
            "from",
            _("Out of"),
            kind=Kind.STATE,
            value=lambda one: one.route[0],
            words=_ACCOUNTS,
        ),
        Column("to", _("Into"), kind=Kind.STATE, value=lambda one: one.route[1], words=_ACCOUNTS),
        Column("amount", _("Amount (EUR)"), kind=Kind.MONEY, value=lambda one: one.amount),
        Column("note", _("Note"), kind=Kind.TEXT, value=lambda one: one.note),
        Column("seal", _("Seal"), kind=Kind.TEXT, value=lambda one: one.seal),
    )

    def __init__(self, request: HttpRequest, voucher: Voucher) -> None:
        super().__init__(request)
        self.voucher = voucher

    def records(self) -> QuerySet[LedgerEntry]:
        return queries.entries_on(self.voucher)

    def context(self) -> dict[str, Any]:
        return {
            **super().context(),
            "voucher": self.voucher,
            "money": queries.money_of(self.voucher),
            "reads_ledger": may_read_ledger.test(self.request.user),
            "documents": [
                one for one in documents_about(self.voucher) if one.kind == "voucher-statement"
            ],
        }


class SealList(ListPage):
    """The head of each call's chain by day, for everybody: no voucher is told of."""

    name = "seals"
    title = _("Seals of the ledger")
    template = "payments/ledger/seals.html"
    filter_class = SealFilters
    orders: Mapping[str, Order] = {"newest": Order(_("Newest first"), ("-entered_at", "-pk"))}
    columns = (
        Column("call", _("Call"), kind=Kind.TEXT, value=lambda one: one.call.reference),
        Column("at", _("Entered (UTC)"), kind=Kind.MOMENT, value=lambda one: one.entered_at),
        Column("entries", _("Entries"), value=lambda one: one.number),
        Column("seal", _("Seal"), kind=Kind.TEXT, value=lambda one: one.seal),
    )

    def records(self) -> QuerySet[LedgerEntry]:
        return heads_by_day()

    def with_facts(self, records: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
        return records.select_related("call")

    def offered(self) -> Mapping[str, Any]:
        calls = Call.objects.filter(ledger_entries__number=1).order_by("-year", "-pk")
        return {"call": several((call.slug, str(call)) for call in calls)}


class EarlierList(ListPage):
    """What was taken in of earlier rounds, marked as history."""

    request: PersonRequest

    name = "money-of-earlier-rounds"
    title = _("Money of earlier rounds")
    template = "payments/ledger/earlier.html"
    filter_class = EarlierFilters
    orders: Mapping[str, Order] = {"newest": Order(_("Newest first"), ("-received_on", "-pk"))}
    columns = (
        Column("cluster", _("Cluster"), kind=Kind.TEXT, value=lambda one: one.cluster.name),
        Column("country", _("Country"), value=lambda one: one.cluster.country_id),
        Column("programme", _("Programme"), kind=Kind.TEXT, value=lambda one: one.programme),
        Column("received_on", _("Received on"), kind=Kind.DAY, value=lambda one: one.received_on),
        Column("amount", _("Amount (EUR)"), kind=Kind.MONEY, value=lambda one: one.amount),
        Column("history", _("History"), kind=Kind.YES_NO, value=lambda _one: True),
        Column("reason", _("What shows it"), kind=Kind.TEXT, value=lambda one: one.reason),
        Column(
            "entered_by", _("Entered by"), kind=Kind.TEXT, value=lambda one: str(one.entered_by)
        ),
        Column(
            "taken_back",
            _("Taken back (UTC)"),
            kind=Kind.MOMENT,
            value=lambda one: one.taken_back_at,
        ),
    )

    def records(self) -> QuerySet[EarlierMoney]:
        if not may_read_all_books.test(self.request.user):
            raise Http404
        return queries.earlier_money_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[EarlierMoney]) -> QuerySet[EarlierMoney]:
        return records.select_related("cluster", "entered_by")

    def offered(self) -> Mapping[str, Any]:
        return {"country": several(countries_reached_by(self.request.user).items())}

    def context(self) -> dict[str, Any]:
        return {**super().context(), "may_enter": may_close_periods.test(self.request.user)}
