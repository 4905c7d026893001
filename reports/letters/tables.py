"""The tables of an issued financial report: what its PDF, Word document and spreadsheet show alike."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from exports.rules.columns import Column, HeldTable, Kind

Facts = dict[str, Any]
# Where the money of vouchers stands: the accounts, what was given before, what went back after.
HELD = ("committed", "payable", "in_transit", "bank", "advanced", "receivable")
OF_AN_AWARD = ("awarded", *HELD, "released", "recovered")


def headings() -> dict[str, str]:
    """How the columns of vouchers and countries are called, by the key of the fact."""
    return {
        "awarded": _("Awarded"),
        "committed": pgettext("money of a voucher", "Committed"),
        "payable": pgettext("money of a voucher", "Payable"),
        "in_transit": pgettext("money of a voucher", "In transit"),
        "bank": pgettext("money of a voucher", "Booked"),
        "advanced": pgettext("money of a voucher", "Advances"),
        "receivable": pgettext("money of a voucher", "To be recovered"),
        "released": pgettext("money of a voucher", "Released"),
        "recovered": pgettext("money of a voucher", "Recovered"),
    }


def tables_of(facts: Facts) -> list[tuple[str, HeldTable]]:
    """The sheets of a spreadsheet: trial balance, movements, countries, vouchers; amounts in EUR."""
    return [
        (_("Trial balance"), _trial_balance(facts)),
        (_("Movements"), _movements(facts)),
        (_("By country"), _by(facts["countries"], [Column("country", _("Country"))])),
        (
            _("By voucher"),
            _by(
                facts["vouchers"],
                [
                    Column("reference", _("Voucher"), kind=Kind.TEXT),
                    Column("cluster", _("Cluster"), kind=Kind.TEXT),
                    Column("country", _("Country")),
                ],
            ),
        ),
    ]


def _trial_balance(facts: Facts) -> HeldTable:
    keys = ("opening", "debits", "credits", "closing")
    labels = (_("Opening balance"), _("Debits"), _("Credits"), _("Closing balance"))
    rows = [*facts["accounts"], {"label": _("In all"), **facts["in_all"]}]
    return HeldTable(
        "trial-balance",
        [
            Column("account", _("Account"), kind=Kind.TEXT),
            *_money(dict(zip(keys, labels, strict=True))),
        ],
        [[capfirst(row["label"]), *_amounts(row, keys)] for row in rows],
    )


def _movements(facts: Facts) -> HeldTable:
    columns = [
        Column("movement", _("Movement"), kind=Kind.TEXT),
        Column("entries", _("Entries")),
        *_money({"amount": _("Amount")}),
    ]
    rows = [
        [capfirst(row["movement"]), row["number"], Decimal(row["amount"])]
        for row in facts["movements"]
    ]
    return HeldTable("movements", columns, rows)


def _by(rows: list[Facts], columns: list[Column]) -> HeldTable:
    return HeldTable(
        "money",
        [*columns, *_money(headings())],
        [[*(row[one.key] for one in columns), *_amounts(row, OF_AN_AWARD)] for row in rows],
    )


def _money(labels: dict[str, str]) -> list[Column]:
    return [Column(key, label, kind=Kind.MONEY) for key, label in labels.items()]


def _amounts(row: Facts, keys: tuple[str, ...]) -> list[Decimal]:
    return [Decimal(row[key]) for key in keys]
