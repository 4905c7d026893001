"""What the plans of the demonstration say: built from what a cluster wants to do with its voucher."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from i18nfield.strings import LazyI18nString

from .answers import GROWTH
from .clusters import ClusterFacts

# The indicators that the calls of the demonstration share.
INDICATORS: list[dict[str, Any]] = [
    {
        "code": "MEMB",
        "name": LazyI18nString(
            {
                "en": "Members that use the new service",
                "fr": "Membres qui utilisent le nouveau service",
                "ar": "الأعضاء الذين يستعملون الخدمة الجديدة",
            }
        ),
        "unit": LazyI18nString({"en": "members", "fr": "membres", "ar": "عضوًا"}),
    },
    {
        "code": "PART",
        "name": LazyI18nString(
            {
                "en": "Partnerships signed",
                "fr": "Partenariats signés",
                "ar": "الشراكات الموقّعة",
            }
        ),
        "unit": LazyI18nString({"en": "partnerships", "fr": "partenariats", "ar": "شراكة"}),
    },
]
_WORDS = {
    "en": {
        "expert": "Days of the expert",
        "fixed": "Report and templates",
        "travel": "Travel of the expert to the cluster",
        "who": "Consultant and manager of the cluster",
        "work": "Work sessions with the members: {}",
        "remark": "What do these days hold? Please plan more of them at a usual rate.",
        "returned": "One line is still open: see the remark.",
        "amended": "The training takes less travel than planned, and one more day of the expert.",
    },
    "fr": {
        "expert": "Journées de l’expert",
        "fixed": "Rapport et modèles",
        "travel": "Déplacement de l’expert au cluster",
        "who": "Consultant et manager du cluster",
        "work": "Séances de travail avec les membres : {}",
        "remark": "Que couvrent ces journées ? Prévoyez-en plutôt davantage, à un tarif habituel.",
        "returned": "Une ligne reste à revoir : voyez la remarque.",
        "amended": "La formation demande moins de déplacements et une journée d’expert de plus.",
    },
    "ar": {
        "expert": "أيام الخبير",
        "fixed": "تقرير ونماذج",
        "travel": "تنقّل الخبير إلى التجمع",
        "who": "الخبير ومدير التجمع",
        "work": "جلسات عمل مع الأعضاء: {}",
        "remark": "ماذا تشمل هذه الأيام؟ يُرجى زيادة عددها بأجر معتاد.",
        "returned": "بقي بند واحد للمراجعة: انظروا الملاحظة.",
        "amended": "يحتاج التدريب إلى تنقّل أقل ممّا كان مقرّرًا، وإلى يوم خبرة إضافي.",
    },
}
DAYS = Decimal("5.00")


def said_of_plan(facts: ClusterFacts, what: str) -> str:
    """What is said of the cluster's plan in its language: `remark`, `returned` or `amended`."""
    return _WORDS[facts.language][what]


def with_more_days(parts: dict[int, list[dict[str, str]]], *, more: Decimal) -> dict[int, Any]:
    """Milestones and lines of the plan with that many days more of the expert, worth no more.

    The first line of the budget is one of days, the first milestone the one that it pays for.
    """
    milestones, lines = ([dict(row) for row in parts[part]] for part in (4, 6))
    before = Decimal(lines[0]["days"])
    worth = before * Decimal(lines[0]["rate"])
    lines[0]["days"] = milestones[0]["days"] = str(before + more)
    lines[0]["rate"] = str((worth / (before + more)).quantize(Decimal(1), rounding=ROUND_DOWN))
    return {4: milestones, 6: lines}


def _key(facts: ClusterFacts, name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"{facts.name}/{name}"))


def plan_rows(
    facts: ClusterFacts,
    *,
    provider: int,
    shares: Sequence[Decimal],
    due: Sequence[date],
    needs: Sequence[str] = (),
) -> dict[int, list[dict[str, str]]]:
    """The parts of a plan as they are typed: a milestone for each share (EUR), due on its day.

    Each share pays for five days of expertise; what days do not use is a fixed price or travel.
    """
    words = _WORDS[facts.language]
    milestones, deliverables, activities, lines = [], [], [], []
    for index, (title, share) in enumerate(zip(facts.milestones, shares, strict=False)):
        milestone = _key(facts, f"milestone-{index}")
        rate = (share * Decimal("0.8") / DAYS).quantize(Decimal(1))
        milestones.append(
            {
                "key": milestone,
                "title": title,
                "due_on": due[index].isoformat(),
                "days": str(DAYS),
                "who": words["who"],
            }
        )
        activities.append(
            {
                "key": _key(facts, f"activity-{index}"),
                "title": words["work"].format(title),
                "objective": _key(facts, "objective"),
            }
        )
        deliverables.append(
            {"key": _key(facts, f"deliverable-{index}"), "title": title, "milestone": milestone}
        )
        lines += [
            _line(facts, f"days-{index}", "days", words["expert"], milestone, days=DAYS, rate=rate),
            _line(
                facts,
                f"rest-{index}",
                *(("travel", words["travel"]) if index else ("fixed", words["fixed"])),
                milestone,
                amount=share - DAYS * rate,
            ),
        ]
    return {
        1: [{"aim": facts.voucher_use, "provider": str(provider)}],
        2: [
            {
                "key": _key(facts, "objective"),
                "text": GROWTH[facts.language],
                "needs": ",".join(needs),
            }
        ],
        3: activities,
        4: milestones,
        5: deliverables,
        6: lines,
        7: [_result(facts, INDICATORS[0], "0", "12", due[-1])],
    }


def _line(
    facts: ClusterFacts, name: str, kind: str, text: str, milestone: str, **numbers: Decimal
) -> dict[str, str]:
    typed = {column: str(numbers.get(column, "")) for column in ("days", "rate", "amount")}
    return {"key": _key(facts, name), "kind": kind, "text": text, "milestone": milestone, **typed}


def _result(
    facts: ClusterFacts, indicator: dict[str, Any], baseline: str, target: str, due: date
) -> dict[str, str]:
    return {
        "key": _key(facts, f"result-{indicator['code']}"),
        "code": indicator["code"],
        "name": indicator["name"].localize(facts.language),
        "unit": indicator["unit"].localize(facts.language),
        "baseline": baseline,
        "target": target,
        "due_on": due.isoformat(),
    }
