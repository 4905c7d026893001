"""What the disbursement order of a batch could state."""

from __future__ import annotations

from typing import Any

from .ledger import HEAD
from .words import SHA

_PAYEES = (
    ("Cedar Consulting s.a.r.l.", "Beirut", "LB", "LB62099900000001001901229114", "3000.00"),
    ("Atlas Conseil", "Rabat", "MA", "007780000000000000000742", "1250.50"),
    ("Étoile Numérique", "Sfax", "TN", "TN5910006035183598478831", "884.41"),
)


def batch_order_facts(language: str) -> dict[str, Any]:
    people = ("Rita Haddad", "Maya Khoury", "Karim Nassar", "Rita Haddad")
    steps = ("proposed", "first", "second", "exported")
    return {
        "reference": "PAY-2026-0012",
        "date": "2026-10-09",
        "time_zone": "Europe/Brussels",
        "profile": "Programme account",
        "debtor": "THE NEXT SOCIETY",
        "debtor_account": "NL41MOCK0000000001",
        "execution_on": "2026-10-12",
        "total": "5134.91",
        "count": 3,
        "sha256": SHA,
        "left_out": 0,
        "payments": [
            {
                "order": f"SUV-2026-{country}-000{number}-P1",
                "payee": payee,
                "town": town,
                "country": country,
                "account": account,
                "amount": amount,
            }
            for number, (payee, town, country, account, amount) in enumerate(_PAYEES, 1)
        ],
        "steps": [
            {"step": step, "person": person, "at": f"2026-10-0{day}T09:15:00+00:00"}
            for step, person, day in zip(steps, people, (7, 8, 9, 9), strict=True)
        ],
        "ledgers": [{"call": "SUV-2026", **HEAD}],
    }
