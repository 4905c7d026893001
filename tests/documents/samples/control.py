"""Facts of the certificate of a control."""

from __future__ import annotations

from typing import Any

from .vouchers import claim_facts
from .words import COMMENTS, FINDINGS, MILESTONES


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
