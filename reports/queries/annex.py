"""The annex of a financial report: every entry of its period, as a file.

Nothing stands in it that could be another later on, such as the name of a cluster: the same entries give
the same bytes, of which the report states the SHA-256.
"""

from __future__ import annotations

import hashlib

from django.utils.translation import gettext_lazy as _

from exports.letters.lines import csv_lines
from exports.rules.columns import Column, Kind, Table, table_of_records
from reports.models import PeriodReport
from vouchers.books.models import LedgerAccount, LedgerEntry

from .financial import entries_in

_CHUNK = 2000
_ACCOUNTS = dict(LedgerAccount.Kind.choices)

_COLUMNS = (
    Column("number", _("Entry"), value=lambda one: one.number),
    Column("day", _("Day"), kind=Kind.DAY, value=lambda one: one.day),
    Column("entered_at", _("Entered (UTC)"), kind=Kind.MOMENT, value=lambda one: one.entered_at),
    Column(
        "movement",
        _("Movement"),
        kind=Kind.STATE,
        value=lambda one: one.kind,
        words=dict(LedgerEntry.Kind.choices),
    ),
    Column(
        "voucher",
        _("Voucher"),
        kind=Kind.TEXT,
        value=lambda one: one.application.reference if one.application else "",
    ),
    Column("from", _("Out of"), kind=Kind.STATE, value=lambda one: one.route[0], words=_ACCOUNTS),
    Column("to", _("Into"), kind=Kind.STATE, value=lambda one: one.route[1], words=_ACCOUNTS),
    Column("amount", _("Amount (EUR)"), kind=Kind.MONEY, value=lambda one: one.amount),
    Column("note", _("Note"), kind=Kind.TEXT, value=lambda one: one.note),
    Column("previous", _("Seal before"), kind=Kind.TEXT, value=lambda one: one.previous),
    Column("seal", _("Seal"), kind=Kind.TEXT, value=lambda one: one.seal),
)


def annex_of(report: PeriodReport, upto: int) -> Table:
    """The entries of the period with their seals, no later in the chain than the number `upto`."""
    entries = entries_in(report, upto).select_related("application")
    return table_of_records(f"entries-{report.reference}", _COLUMNS, entries.iterator(_CHUNK))


def annex_sha256(report: PeriodReport, upto: int) -> str:
    """SHA-256 (hexadecimal) of the annex as CSV, the same in every language."""
    digest = hashlib.sha256()
    for line in csv_lines(annex_of(report, upto)):
        digest.update(line.encode())
    return digest.hexdigest()
