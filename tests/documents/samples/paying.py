"""Facts of the papers about the control and the payment of a claim."""

from __future__ import annotations

from typing import Any

from .vouchers import claim_facts
from .words import COMMENTS, FINDINGS, MILESTONES, STEPS


def control_facts(language: str) -> dict[str, Any]:
    return {
        **claim_facts(language),
        "date": "2026-10-06",
        "control": 1,
        "reason": "",
        "further": "",
        "found": [
            {
                "invoice_number": "2026/117",
                "milestone": MILESTONES[language][1],
                "amount": "2499.56",
                "eligible": "2299.56",
                "deducted": "120.00",
                "error_type": FINDINGS[language],
                "reason": COMMENTS[language][0],
                "parked": "80.00",
                "park_reason": COMMENTS[language][1],
                "sampled": True,
            }
        ],
        "eligible": "2299.56",
        "sample": {"reason": COMMENTS[language][2], "sum": "2499.56", "share": "100.0"},
        "checklist": {
            "number": 2,
            "answers": [
                {"question": COMMENTS[language][2], "answer": "1", "remark": ""},
                {"question": FINDINGS[language], "answer": "0", "remark": COMMENTS[language][0]},
            ],
        },
        "submitted_by": "Nadine Khoury",
        "controlled_by": "Rima Aoun",
        "policy": 1,
    }


def order_facts(language: str) -> dict[str, Any]:
    people = ("Nadine Khoury", "Rima Aoun", "Claire Martin", "Paul Girard")
    return {
        **claim_facts(language),
        "date": "2026-10-09",
        "order": "SUV-2026-LB-0001-P2",
        "paid_out": "2299.56",
        "payee": "Cedar Consulting s.a.r.l.",
        "bank_account": "LB62099900000001001901229114",
        "policy": 1,
        "steps": [
            {"step": step, "person": person, "at": f"2026-10-0{day}T09:15:00+00:00"}
            for step, person, day in zip(STEPS[language], people, (3, 6, 8, 9), strict=True)
        ],
    }


def payment_facts(language: str) -> dict[str, Any]:
    return {
        **claim_facts(language),
        "date": "2026-10-13",
        "order": "SUV-2026-LB-0001-P2",
        "paid_out": "2299.56",
        "payee": "Cedar Consulting s.a.r.l.",
        "bank_account": "…9114",
        "bank_reference": "TRF-88121-26",
        "paid": "3399.56",
        "left": "1600.44",
    }
