"""Facts of the reports of a period."""

from __future__ import annotations

import hashlib
from typing import Any

from .applying import call_facts
from .ledger import HEAD
from .words import COMMENTS, COUNTRIES, LEDGER, MILESTONES, SHA

_HELD = ("committed", "payable", "in_transit", "bank", "advanced", "receivable")
_CLUSTERS = ("QOOT Cluster", "Cluster of Sidon", "Pôle agroalimentaire du Haut-Atlas")
# Of two vouchers: awarded, what is held by account, released, recovered.
_VOUCHERS = (
    ("5000.00", ("2000.00", "0.00", "0.00", "3000.00", "0.00", "0.00"), "0.00", "0.00"),
    ("9000.00", ("3037.50", "1000.00", "1962.50", "2900.00", "0.00", "0.00"), "0.00", "100.00"),
    ("5000.00", ("0.00", "0.00", "0.00", "4899.56", "0.00", "0.00"), "100.44", "0.00"),
)


def financial_facts(language: str) -> dict[str, Any]:
    """A quarter in a call with three vouchers, one country without any."""
    labels = LEDGER[language]
    accounts = [
        ("grant", "-40000.00", "0.00", "0.00", "-40000.00"),
        ("available", "40000.00", "200.44", "19000.00", "21200.44"),
        ("committed", "0.00", "19000.00", "13962.50", "5037.50"),
        ("payable", "0.00", "13862.06", "12862.06", "1000.00"),
        ("in_transit", "0.00", "12862.06", "10899.56", "1962.50"),
        ("bank", "0.00", "10899.56", "100.00", "10799.56"),
    ]
    return {
        **_period(language),
        "is_closed": True,
        "accounts": [
            {
                "kind": kind,
                "label": labels[kind],
                "opening": opening,
                "debits": debits,
                "credits": given,
                "closing": closing,
            }
            for kind, opening, debits, given, closing in accounts
        ],
        "in_all": {
            "opening": "0.00",
            "debits": "56824.12",
            "credits": "56824.12",
            "closing": "0.00",
        },
        "movements": [
            {"movement": labels["award"], "number": 3, "amount": "19000.00"},
            {"movement": labels["approval"], "number": 4, "amount": "13862.06"},
            {"movement": labels["booking"], "number": 3, "amount": "10899.56"},
        ],
        **_row(
            (
                "19000.00",
                ("5037.50", "1000.00", "1962.50", "10799.56", "0.00", "0.00"),
                "100.44",
                "100.00",
            )
        ),
        "countries": [
            {"country": COUNTRIES[language], "number": 2, **_row(_VOUCHERS[1])},
            {"country": "Tunisia", "number": 0, **_row(("0.00", ("0.00",) * 6, "0.00", "0.00"))},
        ],
        "vouchers": [
            {
                "reference": f"SUV-2026-LB-000{number}",
                "cluster": cluster,
                "country": COUNTRIES[language],
                **_row(row),
            }
            for number, (cluster, row) in enumerate(zip(_CLUSTERS, _VOUCHERS, strict=True), 1)
        ],
        "entries": [_entry(language, number) for number in range(1, 24)],
        "number_of_entries": 323,
        "left_out": 300,
        "annex": SHA,
        "ledger": HEAD,
    }


_FIGURES = {
    "first": "2026-07-01",
    "last": "2026-09-30",
    "entries": 323,
    "vouchers": 2,
    "planned": "10.5",
    "used": "4",
    "used_in_period": "2.5",
    "sessions": 3,
    "accepted": 1,
    "late": 1,
    "awarded": "19000.00",
    "committed": "5037.50",
    "payable": "1000.00",
    "in_transit": "1962.50",
    "booked": "10799.56",
    "advanced": "0.00",
    "to_be_recovered": "0.00",
    "released": "100.44",
    "recovered": "100.00",
}


def _period(language: str) -> dict[str, Any]:
    return {
        "reference": "SUV-2026-20260701-20260930",
        "figures": _FIGURES,
        "call": call_facts(language),
        "country": "",
        "country_code": "",
        "partner": "",
        "date": "2026-10-09",
        "first": "2026-07-01",
        "last": "2026-09-30",
    }


def _row(row: tuple[str, tuple[str, ...], str, str]) -> dict[str, str]:
    awarded, held, released, recovered = row
    return {
        "awarded": awarded,
        **dict(zip(_HELD, held, strict=True)),
        "released": released,
        "recovered": recovered,
    }


def _entry(language: str, number: int) -> dict[str, Any]:
    labels = LEDGER[language]
    return {
        "number": number,
        "day": f"2026-07-{number:02}",
        "movement": labels["booking"],
        "out_of": labels["in_transit"],
        "into": labels["bank"],
        "voucher": "SUV-2026-LB-0001",
        "amount": "3000.00",
        "seal": hashlib.sha256(str(number).encode()).hexdigest(),
    }


def progress_facts(language: str) -> dict[str, Any]:
    """A country with one voucher that is late and one that is closed."""
    title, *_rest = MILESTONES[language]
    money = _row(_VOUCHERS[0])
    late = {
        "reference": "SUV-2026-LB-0001",
        "cluster": _CLUSTERS[0],
        "state": "",
        "stage": title,
        "light": "",
        "reasons": [COMMENTS[language][1]],
        "next": COMMENTS[language][2],
        "days_in_stage": 12,
        "valid_until": "2026-12-31",
        "needs": COMMENTS[language][2],
        "plan": 2,
        "plan_day": "2026-07-14",
        "provider": "Cedar Consulting s.a.r.l.",
        "planned": "10.5",
        "used": "4",
        "sessions": 3,
        "used_in_period": "2.5",
        "milestones": [
            {
                "title": milestone,
                "due_on": "2026-09-01",
                "planned": "3.5",
                "used": "2",
                "amount": "1500.00",
                "stands": COMMENTS[language][2],
                "days_late": 29,
            }
            for milestone in MILESTONES[language]
        ],
        "accepted": [{"title": title, "day": "2026-08-03"}],
        "late": [
            {
                "title": title,
                "due_on": "2026-09-01",
                "days": 29,
                "why": [COMMENTS[language][1], COMMENTS[language][2]],
            }
        ],
        "indicators": [
            {"name": title, "unit": "%", "baseline": "3", "target": "12.5", "value": "11"}
        ],
        "money": money,
    }
    new = {
        **late,
        "reference": "SUV-2026-LB-0002",
        "cluster": _CLUSTERS[1],
        **dict.fromkeys(("needs", "provider", "next", "plan_day"), ""),
        **{key: [] for key in ("milestones", "accepted", "late", "indicators", "reasons")},
        "plan": 0,
    }
    return {
        **_period(language),
        "reference": "SUV-2026-LB-20260701-20260930",
        "country": COUNTRIES[language],
        "country_code": "LB",
        "partner": "Berytech",
        "number": 2,
        "stages": [{"stage": title, "number": 2, "days": 12}],
        "planned": "10.5",
        "used": "4",
        "used_in_period": "2.5",
        "sessions": 3,
        "accepted": 1,
        "late": 1,
        "money": money,
        "vouchers": [late, new],
        "ledger": HEAD,
    }
