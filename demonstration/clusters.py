"""The clusters of the demonstration: six real ones from `programme.json`, and made-up ones.

What the file tells about a real cluster is fact. What it does not tell (scores, meetings, amounts of
milestones, figures of reports) is made up, and every page of a demonstration says so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SEED = json.loads((Path(__file__).parent / "programme.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class ClusterFacts:
    """What a cluster tells of itself, and what it wants to do with a voucher."""

    name: str
    country: str
    language: str
    sector: str
    mission: str
    services: str
    member_kinds: str
    voucher_use: str
    milestones: tuple[str, str]
    established: int | None = None
    made_up: bool = False

    @property
    def profile(self) -> dict[str, Any]:
        """The fields of its profile, as `register_cluster` takes them."""
        return {
            "name": self.name,
            "established": self.established,
            "sector": self.sector,
            "mission": self.mission,
            "services": self.services,
            "member_kinds": self.member_kinds,
            "listed": True,
        }


_MILESTONES = {
    "QOOT Cluster": ("Procedures and manuals", "A plan for the links with universities"),
    "Lebanon SoftShore Cluster": ("Export strategy", "Business plans for new markets"),
    "Cluster MENARA": ("Business model for luxury food and cosmetics", "Workshop of the partners"),
    "Cluster Electronique & Mécatronique (CE3M)": (
        "Offer of the prototyping platform",
        "Commercial development plan",
    ),
    "Cluster de Textile Technique du Sahel": (
        "Pilot mission at an industrial member",
        "Roadmap to industry 4.0",
    ),
    "Cluster Huile d'Olive du Nord Ouest": ("Communication strategy", "Marketing material"),
}


def real_clusters() -> list[ClusterFacts]:
    """The six clusters of the finished round."""
    return [_from_seed(entry) for entry in SEED["clusters"]]


def _from_seed(entry: dict[str, Any]) -> ClusterFacts:
    record = entry.get("track_record", [])
    mission = " ".join([entry.get("mission", ""), *(f"{line}." for line in record)]).strip()
    return ClusterFacts(
        name=entry["name"],
        country=entry["country"],
        language="en",
        sector=entry["sector"],
        mission=mission or f"A cluster of the sector: {entry['sector']}.",
        services="\n".join(entry.get("services", [])),
        member_kinds=", ".join(entry.get("member_kinds", ["SMEs"])),
        voucher_use=entry["voucher_use"],
        milestones=_MILESTONES[entry["name"]],
        established=entry.get("established"),
    )


def made_up(country: str, number: int) -> ClusterFacts:
    """A cluster that does not exist, in the language of its country or in Arabic, and says so."""
    language = ("ar", "en" if country == "LB" else "fr")[number % 2]
    sector, mission, use, milestones, mark = _MADE_UP[language][number % 3]
    return ClusterFacts(
        name=f"{sector} · {country} {number} ({mark})",
        country=country,
        language=language,
        sector=sector,
        mission=mission,
        services="",
        member_kinds={"en": "SMEs, start-ups", "fr": "PME, start-up", "ar": "شركات صغيرة وناشئة"}[
            language
        ],
        voucher_use=use,
        milestones=milestones,
        made_up=True,
    )


_MADE_UP: dict[str, list[tuple[str, str, str, tuple[str, str], str]]] = {
    "en": [
        (
            "Furniture and wood",
            "Small workshops design, buy and export together.",
            "A consultant writes an export plan with the members.",
            ("Export plan", "Training of the members"),
            "demonstration",
        ),
        (
            "Renewable energy",
            "Installers, engineers and a university test solar solutions together.",
            "A consultant sets up a shared test service and its prices.",
            ("Design of the test service", "Pilot with five members"),
            "demonstration",
        ),
        (
            "Creative industries",
            "Studios and schools find customers abroad together.",
            "A consultant prepares a joint catalogue and meetings with buyers.",
            ("Joint catalogue", "Meetings with buyers"),
            "demonstration",
        ),
    ],
    "fr": [
        (
            "Logistique et transport",
            "Des petites entreprises mettent en commun entrepôts et tournées.",
            "Un consultant conçoit une plateforme commune et son modèle économique.",
            ("Modèle économique", "Plan de mise en œuvre"),
            "démonstration",
        ),
        (
            "Plasturgie",
            "Des industriels et un centre technique recyclent ensemble.",
            "Un consultant accompagne un projet pilote de recyclage.",
            ("Étude de faisabilité", "Projet pilote"),
            "démonstration",
        ),
        (
            "Tourisme durable",
            "Des maisons d’hôtes et des guides construisent une offre commune.",
            "Un consultant élabore la stratégie de marque et de vente.",
            ("Stratégie de marque", "Formation des membres"),
            "démonstration",
        ),
    ],
    "ar": [
        (
            "الصناعات الغذائية",
            "تجمع يضم معامل صغيرة وجامعة لتطوير منتجات جديدة وتسويقها معًا.",
            "يضع خبير استراتيجية للتصدير ويدرّب الأعضاء على تطبيقها.",
            ("استراتيجية التصدير", "تدريب الأعضاء"),
            "عرض توضيحي",
        ),
        (
            "الحرف التقليدية",
            "تجمع حرفيات وحرفيين يبيعون منتجاتهم تحت علامة واحدة.",
            "يعدّ خبير دليل الجودة وخطة للبيع عبر الإنترنت.",
            ("دليل الجودة", "خطة البيع عبر الإنترنت"),
            "عرض توضيحي",
        ),
        (
            "الصحة الرقمية",
            "شركات ناشئة ومستشفيات تختبر معًا حلولًا رقمية للمرضى.",
            "يرافق خبير التجمع في بناء خدمة اختبار مشتركة.",
            ("تصميم الخدمة", "تجربة مع خمسة أعضاء"),
            "عرض توضيحي",
        ),
    ],
}
