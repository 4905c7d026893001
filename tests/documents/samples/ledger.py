"""Facts of the letters of the ledger, and the head of its chain as other letters state it."""

from __future__ import annotations

from typing import Any

from .applying import call_facts
from .vouchers import voucher_facts
from .words import COMMENTS, LEDGER

HEAD = {
    "entries": 23,
    "seal": "3f9c0d5e8a7b41c2963efd08b1a4c7d2e5f60718293a4b5c6d7e8f9012345678",
    "day": "2026-10-09",
}


def trial_balance_facts(language: str) -> dict[str, Any]:
    labels = LEDGER[language]
    rows = [
        ("grant", "0.00", "20000.00", "-20000.00"),
        ("available", "20037.50", "10000.00", "10037.50"),
        ("committed", "10000.00", "5000.00", "5000.00"),
        ("payable", "4962.50", "4962.50", "0.00"),
        ("in_transit", "4962.50", "3000.00", "1962.50"),
        ("bank", "3000.00", "0.00", "3000.00"),
    ]
    return {
        "reference": "SUV-2026",
        "call": call_facts(language),
        "date": "2026-10-09",
        "sums": [
            {"label": labels[kind], "debits": debits, "credits": given, "balance": balance}
            for kind, debits, given, balance in rows
        ],
        "in_all": {"debits": "42962.50", "credits": "42962.50", "balance": "0.00"},
        "vouchers": [
            {
                "reference": f"SUV-2026-LB-000{number}",
                "cluster": name,
                "committed": "0.00",
                "payable": "0.00",
                "in_transit": "1962.50",
                "bank": "3000.00",
            }
            for number, name in ((1, "QOOT Cluster"), (2, "Cluster of Sidon"))
        ],
        "left_out": 0,
        "ledger": HEAD,
    }


def account_sheet_facts(language: str) -> dict[str, Any]:
    labels = LEDGER[language]
    return {
        "reference": "SUV-2026-LB-0001",
        "call": call_facts(language),
        "date": "2026-10-09",
        "account": labels["committed"],
        "voucher": "SUV-2026-LB-0001",
        "cluster": "QOOT Cluster",
        "lines": [
            {**_line(language, 2, "award"), "debit": "5000.00", "credit": "", "balance": "5000.00"},
            {
                **_line(language, 5, "approval"),
                "debit": "",
                "credit": "3000.00",
                "balance": "2000.00",
            },
            {
                **_line(language, 6, "reversal", COMMENTS[language][1]),
                "debit": "3000.00",
                "credit": "",
                "balance": "5000.00",
            },
        ],
        "left_out": 12,
        "debits": "8000.00",
        "credits": "3000.00",
        "balance": "5000.00",
        "ledger": HEAD,
    }


def voucher_statement_facts(language: str) -> dict[str, Any]:
    return {
        **voucher_facts(language),
        "date": "2026-10-09",
        "money": {
            "committed": "2000.00",
            "payable": "0.00",
            "in_transit": "0.00",
            "bank": "3000.00",
            "released": "0.00",
            "amount": "5000.00",
        },
        "lines": [
            {**_line(language, 2, "award"), "amount": "5000.00"},
            {**_line(language, 5, "approval"), "amount": "3000.00"},
            {**_line(language, 7, "order"), "amount": "3000.00"},
            {**_line(language, 9, "booking"), "amount": "3000.00"},
        ],
        "left_out": 0,
        "ledger": HEAD,
    }


def _line(language: str, number: int, kind: str, note: str = "") -> dict[str, Any]:
    return {
        "number": number,
        "day": "2026-10-09",
        "movement": LEDGER[language][kind],
        "note": note,
    }
