"""Facts of the letters about more time, rest and an early end."""

from __future__ import annotations

from typing import Any

from .vouchers import voucher_facts
from .words import COMMENTS, COORDINATOR, MILESTONES

HEADINGS = {"en": "Provider", "fr": "Prestataire", "ar": "مقدّم الخدمة"}
# What stood in the article, and what stands in it.
PROVIDER = {
    "en": (
        "The provider is independent of the cluster and of the partner.",
        "The provider is independent of the cluster and of the partner. A second provider may be"
        " chosen for the tests of the machine.",
    ),
    "fr": (
        "Le prestataire est indépendant du cluster et du partenaire.",
        "Le prestataire est indépendant du cluster et du partenaire. Un second prestataire peut"
        " être choisi pour les essais de la machine.",
    ),
    "ar": (
        "مقدّم الخدمة مستقلّ عن التجمّع وعن الشريك.",
        "مقدّم الخدمة مستقلّ عن التجمّع وعن الشريك. ويجوز اختيار مقدّم خدمة ثانٍ لتجارب الآلة.",
    ),
}
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


def amendment_facts(language: str) -> dict[str, Any]:
    """With more time and another article, signed by both sides."""
    stood, stands = PROVIDER[language]
    return {
        **voucher_facts(language),
        "date": "2026-11-24",
        "number": "1",
        "reason": COMMENTS[language][0],
        "agreed_on": "2026-05-25",
        "countersigned_on": "2026-05-28",
        "previous_end": "2026-12-31",
        "until": "2027-02-28",
        "typed_in": language,
        "articles": [
            {"number": 4, "heading": HEADINGS[language], "stood": stood, "stands": stands}
        ],
        "in_force_on": "2026-11-24",
        "signed_name": "Dr. Nadine Khoury",
        "signed_function": {"en": "Director", "fr": "Directrice", "ar": "المديرة"}[language],
        "signed_by": "Nadine Khoury",
        "signed_at": "2026-11-20T07:31:00+00:00",
        "countersigned_name": "Paula Ferrer i Puig",
        "countersigned_function": COORDINATOR[language],
        "countersigned_by": "Paula Ferrer",
        "countersigned_at": "2026-11-24T08:12:44+00:00",
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
