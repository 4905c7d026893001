"""The lists of the bank's files, statements, lines, and of what it has not confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.middleware import PersonRequest
from exports.rules.columns import Column, Kind
from lists.views import ListPage, Order
from vouchers.payments.bank import queries
from vouchers.payments.bank.forms.files import FileFilters
from vouchers.payments.bank.forms.lines import (
    STANDS,
    LineFilters,
    StatementFilters,
    UnconfirmedFilters,
)
from vouchers.payments.bank.models import BankFile, BankStatement
from vouchers.payments.bank.permissions import may_read_bank, may_take_in
from vouchers.payments.bank.wording import proposal_told, set_aside_told
from vouchers.payments.models import PaymentOrder


class FileList(ListPage):
    """Every file of the bank."""

    request: PersonRequest

    name = "bank-files"
    title = _("Files of the bank")
    template = "payments/bank/files.html"
    filter_class = FileFilters
    orders: Mapping[str, Order] = {
        "newest": Order(_("Newest first"), ("-uploaded_at",)),
        "oldest": Order(_("Oldest first"), ("uploaded_at",)),
    }
    columns = (
        Column("name", _("File"), kind=Kind.TEXT, value=lambda one: one.name),
        Column(
            "kind",
            _("Kind"),
            kind=Kind.STATE,
            value=lambda one: one.kind,
            words=dict(BankFile.Kind.choices),
        ),
        Column("version", _("Version of the message"), value=lambda one: one.version),
        Column(
            "reference", _("Bank’s reference"), kind=Kind.TEXT, value=lambda one: one.message_id
        ),
        Column("sha256", _("SHA-256"), value=lambda one: one.sha256),
        Column(
            "uploaded_by", _("Uploaded by"), kind=Kind.TEXT, value=lambda one: str(one.uploaded_by)
        ),
        Column(
            "uploaded_at", _("Uploaded (UTC)"), kind=Kind.MOMENT, value=lambda one: one.uploaded_at
        ),
        Column(
            "taken_by",
            _("Taken in by"),
            kind=Kind.TEXT,
            value=lambda one: str(one.taken_by or ""),
        ),
        Column("taken_at", _("Taken in (UTC)"), kind=Kind.MOMENT, value=lambda one: one.taken_at),
    )

    def records(self) -> QuerySet[BankFile]:
        if not may_read_bank.test(self.request.user):
            raise Http404
        return queries.files_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[BankFile]) -> QuerySet[BankFile]:
        return records.select_related("uploaded_by", "taken_by")

    def context(self) -> dict[str, Any]:
        return {**super().context(), "may_take_in": may_take_in.test(self.request.user)}


class StatementList(ListPage):
    """Every statement of the programme's accounts, with its balances and gaps."""

    request: PersonRequest

    name = "bank-statements"
    title = _("Statements of the bank")
    template = "payments/bank/statements.html"
    filter_class = StatementFilters
    orders: Mapping[str, Order] = {
        "newest": Order(_("Newest first"), ("-ends_on", "-pk")),
        "oldest": Order(_("Oldest first"), ("ends_on", "pk")),
    }
    columns = (
        Column("account", _("Account"), kind=Kind.TEXT, value=lambda one: one.masked),
        Column(
            "statement",
            pgettext_lazy("of a bank", "Statement"),
            kind=Kind.TEXT,
            value=lambda one: one.identification,
        ),
        Column("begins_on", _("From"), kind=Kind.DAY, value=lambda one: one.begins_on),
        Column("ends_on", _("Until"), kind=Kind.DAY, value=lambda one: one.ends_on),
        Column("currency", _("Currency"), value=lambda one: one.currency),
        Column("opening", _("Opening balance"), kind=Kind.NUMBER, value=lambda one: one.opening),
        Column("moved", _("Movements"), kind=Kind.NUMBER, value=lambda one: one.moved),
        Column("closing", _("Closing balance"), kind=Kind.NUMBER, value=lambda one: one.closing),
        Column("lines", _("Lines"), kind=Kind.NUMBER, value=lambda one: one.lines_said),
        Column("new", _("New lines"), kind=Kind.NUMBER, value=lambda one: one.lines_new),
    )

    def records(self) -> QuerySet[BankStatement]:
        if not may_read_bank.test(self.request.user):
            raise Http404
        return queries.statements_visible_to(self.request.user)

    def context(self) -> dict[str, Any]:
        return {**super().context(), "may_take_in": may_take_in.test(self.request.user)}


class LineList(ListPage):
    """The lines of a statement, within its page."""

    request: PersonRequest

    name = "bank-lines"
    title = _("Lines of a statement")
    template = "payments/bank/statement.html"
    filter_class = LineFilters
    size = 50
    orders: Mapping[str, Order] = {
        "as_said": Order(_("As the bank says them"), ("position",)),
        "largest": Order(_("Largest amount first"), ("-amount",)),
    }
    columns = (
        Column("position", _("Number"), kind=Kind.NUMBER, value=lambda one: one.position),
        Column("booked_on", _("Booked on"), kind=Kind.DAY, value=lambda one: one.booked_on),
        Column("amount", _("Amount"), kind=Kind.NUMBER, value=lambda one: one.signed),
        Column("currency", _("Currency"), value=lambda one: one.currency),
        Column("charges", _("Charges within it"), kind=Kind.NUMBER, value=lambda one: one.charges),
        Column("reference", _("Bank’s reference"), kind=Kind.TEXT, value=lambda one: one.reference),
        Column("payment", _("Payment"), kind=Kind.TEXT, value=lambda one: one.end_to_end_id),
        Column("payee", _("Payee"), kind=Kind.TEXT, value=lambda one: one.payee),
        Column("text", _("Text"), kind=Kind.TEXT, value=lambda one: one.text),
        Column("reason", _("Reason of the bank"), value=lambda one: one.return_code),
        Column(
            "state", _("State"), kind=Kind.STATE, value=lambda one: one.stands, words=dict(STANDS)
        ),
    )

    def __init__(self, request: PersonRequest, statement: BankStatement) -> None:
        super().__init__(request)
        self.statement = statement

    def records(self) -> QuerySet[Any]:
        return queries.lines_visible_to(self.request.user).filter(statement=self.statement)

    def with_facts(self, records: QuerySet[Any]) -> QuerySet[Any]:
        facts = ("proposal__payment", "match__payment", "charged__call")
        shown = records.select_related(*facts).prefetch_related("set_asides")
        return queries.with_standing(shown)

    def context(self) -> dict[str, Any]:
        context = super().context()
        may = may_take_in.test(self.request.user)
        for line in context["page"]:
            line.standing = STANDS[line.stands]
            line.explained = ""
            line.may_confirm = may and line.stands == "proposed"
            if line.stands == "proposed" and hasattr(line, "proposal"):
                line.explained = proposal_told(line.proposal)
            elif line.stands == "aside":
                newest = line.set_asides.all()[0]
                line.explained = set_aside_told(newest)
        return {
            **context,
            "statement": self.statement,
            "may_confirm": any(line.may_confirm for line in context["page"]),
            "gap": queries.gap_before(self.statement),
        }


class UnconfirmedList(ListPage):
    """What is with the bank and not confirmed, and why."""

    request: PersonRequest

    name = "not-confirmed"
    title = _("What the bank has not confirmed")
    template = "payments/bank/unconfirmed.html"
    filter_class = UnconfirmedFilters
    orders: Mapping[str, Order] = {
        "oldest": Order(_("Longest at the bank first"), ("batch__exported_at", "instruction")),
        "amount": Order(_("Largest amount first"), ("-amount",)),
    }
    columns = (
        Column("payment", _("Payment"), kind=Kind.TEXT, value=lambda one: one.reference),
        Column("batch", _("Batch"), kind=Kind.TEXT, value=lambda one: one.batch.reference),
        Column("payee", _("Payee"), kind=Kind.TEXT, value=lambda one: one.payee),
        Column("amount", _("Amount (EUR)"), kind=Kind.MONEY, value=lambda one: one.amount),
        Column(
            "exported_at",
            _("Exported (UTC)"),
            kind=Kind.MOMENT,
            value=lambda one: one.batch.exported_at,
        ),
    )

    def records(self) -> QuerySet[PaymentOrder]:
        if not may_read_bank.test(self.request.user):
            raise Http404
        return queries.unconfirmed_by(self.request.user)

    def with_facts(self, records: QuerySet[PaymentOrder]) -> QuerySet[PaymentOrder]:
        return records.select_related("batch", "claim")

    def context(self) -> dict[str, Any]:
        context = super().context()
        return {
            **context,
            "reasons": queries.why_unconfirmed(list(context["page"])),
            "may_take_in": may_take_in.test(self.request.user),
            "to_confirm": queries.lines_to_confirm(self.request.user).count(),
        }
