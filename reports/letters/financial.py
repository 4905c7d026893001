"""The financial report of a call, or of a country in it, for a period; amounts in EUR as text."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from clusters.models import Country
from conduct.queries.days import today
from documents.kinds import DocumentKind, Manner, Told, register
from reports.models import PeriodReport
from reports.permissions import may_read_period_report
from reports.queries.annex import annex_sha256
from reports.queries.financial import (
    Balance,
    VoucherMoney,
    balances,
    entries_in,
    movements,
    vouchers_at,
)
from reports.queries.periods import closed_until
from vouchers.applications.letters import call_facts
from vouchers.books.models import LedgerAccount, LedgerEntry
from vouchers.books.queries import head_facts
from vouchers.books.rules.routes import OF_A_VOUCHER

# More entries than that are in the annex as a file alone: the paper says how many it leaves out.
ENTRIES_OF_A_PAPER = 300

FINANCIAL_REPORT = register(
    DocumentKind(
        slug="financial-report",
        title=_("Financial report"),
        template="letters/financial_report.html",
        passages_in="letters/_financial_report.html",
        words_are_facts=True,
        may_read=may_read_period_report,
        told=(
            Told(_("Country"), "country", Manner.NAME),
            Told(_("From"), "first", Manner.DAY),
            Told(_("Until"), "last", Manner.DAY),
            Told(_("Awarded"), "awarded", Manner.MONEY),
            Told(_("Booked by the bank"), "bank", Manner.MONEY),
        ),
    )
)


def financial_facts(report: PeriodReport) -> dict[str, Any]:
    """What the books say of the period up to their newest entry.

    The same entries give the same facts but for `date`. `annex` is without the sum of its file: see
    `annex_facts`.
    """
    ledger = head_facts(report.call)
    upto = ledger["entries"]
    accounts = balances(report, upto)
    vouchers = vouchers_at(report, upto)
    entries = entries_in(report, upto)
    number = entries.count()
    closed = closed_until()
    held, sums = held_facts(vouchers), sums_facts(vouchers)
    return {
        **period_facts(report),
        "is_closed": closed is not None and report.last <= closed,
        "accounts": [_account(account) for account in accounts],
        "in_all": _in_all(accounts),
        "movements": [
            {
                "movement": str(LedgerEntry.Kind(one.kind).label),
                "number": one.number,
                "amount": str(one.amount),
            }
            for one in movements(report, upto)
        ],
        **{account.kind: str(account.closing) for account in accounts},
        **sums,
        # What paragraphs may quote, by the name of its placeholder: never typed.
        "figures": {
            "first": report.first.isoformat(),
            "last": report.last.isoformat(),
            "entries": number,
            **_named(held, sums),
        },
        "countries": _by_country(report, vouchers),
        "vouchers": [_voucher(voucher) for voucher in vouchers],
        "entries": [
            _entry(entry) for entry in entries.select_related("application")[:ENTRIES_OF_A_PAPER]
        ],
        "number_of_entries": number,
        "left_out": max(0, number - ENTRIES_OF_A_PAPER),
        "ledger": ledger,
    }


def annex_facts(report: PeriodReport) -> dict[str, str]:
    """What the issued report says of its annex: the SHA-256 of the file of all its entries."""
    return {"annex": annex_sha256(report, head_facts(report.call)["entries"])}


def period_facts(report: PeriodReport) -> dict[str, Any]:
    """What every report of a period says of call, country and days."""
    country: Country | None = report.country
    return {
        "reference": report.reference,
        "call": call_facts(report.call),
        "country": str(country.name) if country else "",
        "country_code": country.code if country else "",
        "partner": country.partner.name if country else "",
        "date": today().isoformat(),
        "first": report.first.isoformat(),
        "last": report.last.isoformat(),
    }


def _account(account: Balance) -> dict[str, str]:
    return {
        "kind": account.kind,
        "label": str(LedgerAccount.Kind(account.kind).label),
        "opening": str(account.opening),
        "debits": str(account.debits),
        "credits": str(account.credits),
        "closing": str(account.closing),
    }


def _in_all(accounts: Iterable[Balance]) -> dict[str, str]:
    held = list(accounts)
    return {
        key: str(sum((getattr(account, key) for account in held), Decimal("0.00")))
        for key in ("opening", "debits", "credits", "closing")
    }


def sums_facts(vouchers: Iterable[VoucherMoney]) -> dict[str, str]:
    held = list(vouchers)
    return {
        key: str(sum((getattr(voucher, key) for voucher in held), Decimal("0.00")))
        for key in ("awarded", "released", "recovered")
    }


def held_facts(vouchers: list[VoucherMoney]) -> dict[str, str]:
    """Where the money of some vouchers stands, by account."""
    return {
        kind: str(sum((voucher.held[kind] for voucher in vouchers), Decimal("0.00")))
        for kind in OF_A_VOUCHER
    }


def _named(held: dict[str, str], sums: dict[str, str]) -> dict[str, str]:
    """The money of a report by the names that placeholders have."""
    return {
        "awarded": sums["awarded"],
        "committed": held["committed"],
        "payable": held["payable"],
        "in_transit": held["in_transit"],
        "booked": held["bank"],
        "advanced": held["advanced"],
        "to_be_recovered": held["receivable"],
        "released": sums["released"],
        "recovered": sums["recovered"],
    }


def _by_country(report: PeriodReport, vouchers: list[VoucherMoney]) -> list[dict[str, Any]]:
    """Each country of the report, those in which no voucher was given as well."""
    quotas = report.call.quotas.filter(vouchers__gt=0).select_related("country")
    if report.country_id:
        quotas = quotas.filter(country=report.country_id)
    there = {
        quota.country: [one for one in vouchers if one.application.country_id == quota.country_id]
        for quota in quotas
    }
    return [
        {"country": str(country.name), "number": len(held), **held_facts(held), **sums_facts(held)}
        for country, held in there.items()
    ]


def _voucher(voucher: VoucherMoney) -> dict[str, Any]:
    return {
        "reference": voucher.application.reference,
        "cluster": voucher.application.cluster.name,
        "country": str(voucher.application.country.name),
        **held_facts([voucher]),
        **sums_facts([voucher]),
    }


def _entry(entry: LedgerEntry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "day": entry.day.isoformat(),
        "movement": str(entry.get_kind_display()),
        "out_of": entry.out_of,
        "into": entry.into,
        "voucher": entry.application.reference if entry.application else "",
        "amount": str(entry.amount),
        "seal": entry.seal,
    }
