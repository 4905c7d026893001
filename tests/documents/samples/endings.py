"""Facts of the letters about more time, rest and an early end."""

from __future__ import annotations

from typing import Any

from .vouchers import voucher_facts
from .words import COMMENTS, MILESTONES

KINDS = {
    "en": "ended by the programme",
    "fr": "résilié par le programme",
    "ar": "أنهاها البرنامج",
}


def extension_facts(language: str) -> dict[str, Any]:
    return {
        **voucher_facts(language),
        "date": "2026-11-20",
        "previous_end": "2026-12-31",
        "until": "2027-02-28",
        "reason": COMMENTS[language][0],
        "decided_by": "Rima Aoun",
    }


def suspension_facts(language: str) -> dict[str, Any]:
    return {
        **voucher_facts(language),
        "date": "2026-09-01",
        "since": "2026-09-01",
        "review_on": "2026-10-01",
        "reason": COMMENTS[language][1],
        "resumed_on": "",
        "decided_by": "Rima Aoun",
    }


def resumption_facts(language: str) -> dict[str, Any]:
    return {**suspension_facts(language), "date": "2026-10-05", "resumed_on": "2026-10-05"}


def ending_notice_facts(language: str) -> dict[str, Any]:
    return {
        **voucher_facts(language),
        "date": "2026-09-01",
        "kind": "programme",
        "kind_name": KINDS[language],
        "done": False,
        "reason": COMMENTS[language][2],
        "ends_on": "2026-10-01",
        "claims_until": "2026-10-31",
        "payable": [{"title": MILESTONES[language][0], "amount": "2000.00"}],
        "approved": "1500.00",
        "claimed": "0",
        "released": "1500.00",
        "decided_by": "Hiba Chami",
    }


def ending_facts(language: str) -> dict[str, Any]:
    return {**ending_notice_facts(language), "date": "2026-10-01", "done": True, "payable": []}


def succession_facts(language: str) -> dict[str, Any]:
    return {
        **voucher_facts(language),
        "date": "2026-09-01",
        "before": "Nadine Khoury",
        "person": "كريم صالح",
        "since": "2026-09-01",
        "reason": COMMENTS[language][0],
    }
