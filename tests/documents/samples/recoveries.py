"""What a request to pay back states."""

from __future__ import annotations

from typing import Any

from .vouchers import voucher_facts
from .words import COMMENTS, MILESTONES


def recovery_facts(language: str) -> dict[str, Any]:
    milestone = MILESTONES[language][0]
    return {
        **voucher_facts(language),
        "date": "2027-03-02",
        "correction": "SUV-2026-LB-0001-C1",
        "payee": "Cedar Consulting s.a.r.l.",
        "payee_town": "Beirut",
        "body": "auditors",
        "letter": "ECA/2027/114",
        "letter_on": "2027-02-12",
        "reason": COMMENTS[language][1],
        "corrected": "250.00",
        "open": "210.00",
        "due_on": "2027-04-15",
        "set_off": False,
        "lines": [
            {
                "invoice_number": "INV-88",
                "milestone": milestone if isinstance(milestone, str) else milestone[0],
                "claimed": "2499.56",
                "amount": "250.00",
            }
        ],
    }
