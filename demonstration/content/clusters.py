"""The clusters of the demonstration: six real ones from `programme.json`, and made-up ones.

What the file tells about a real cluster is fact, and nothing that looks like a fact is added to it:
no year, no members, no turnover. What the portal cannot do without (scores, who signs) is made up,
marked where it stands, and every page of a demonstration says so. What was done with their vouchers
is told in `content/six`, after the use that the file tells.
"""

from __future__ import annotations

import json
import re
import zlib
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
    nace_codes: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    established: int | None = None
    members: int | None = None
    made_up: bool = False

    @property
    def profile(self) -> dict[str, Any]:
        """The fields of its profile, as `register_cluster` takes them.

        The legal facts are made up for all of them, and say so.
        """
        mark = MARKS[self.language]
        number = zlib.crc32(self.name.encode()) % 100_000
        return {
            "name": self.name,
            "aliases": "\n".join(self.aliases),
            "legal_name": self.name,
            "legal_form": _FORMS[self.language],
            "registration_number": f"DEMO-{self.country}-{number:05d}",
            "tax_number": f"DEMO-{number:05d}",
            "established": self.established,
            "street": f"{number % 90 + 1}, {mark}",
            "town": _TOWNS[self.country] if self.made_up else mark,
            "legal_representative": self.signatory,
            "legal_representative_function": _FUNCTIONS[self.language],
            "phone": _PHONES[self.country],
            "email": f"cluster-{number:05d}@example.org",
            "nace_codes": list(self.nace_codes),
            "sector": self.sector,
            "mission": self.mission,
            "services": self.services,
            "member_kinds": self.member_kinds,
        }

    @property
    def signatory(self) -> str:
        """Who signs for it: nobody real."""
        number = zlib.crc32(self.name.encode())
        return f"{_REPRESENTATIVES[number % len(_REPRESENTATIVES)]} ({MARKS[self.language]})"


MARKS = {"en": "demonstration", "fr": "démonstration", "ar": "عرض توضيحي"}
_FORMS = {"en": "Association", "fr": "Association", "ar": "جمعية"}
_FUNCTIONS = {"en": "President", "fr": "Présidente", "ar": "الرئيسة"}
_TOWNS = {"LB": "Beirut", "MA": "Casablanca", "TN": "Tunis"}
# Numbers of the programme's countries that nobody has.
_PHONES = {"LB": "+961 1 000 000", "MA": "+212 500 000 000", "TN": "+216 70 000 000"}
_REPRESENTATIVES = ["Dalia Harb", "Imane Lahlou", "Olfa Mejri", "Samar Rizk"]

# What the file says in words about the six, as divisions of NACE; short names where they go by one.
_NACE = {
    "QOOT Cluster": ("10", "72"),
    "Lebanon SoftShore Cluster": ("62", "63"),
    "Cluster MENARA": ("10", "20"),
    "Cluster Electronique & Mécatronique (CE3M)": ("26", "27"),
    "Cluster de Textile Technique du Sahel": ("13",),
    "Cluster Huile d'Olive du Nord Ouest": ("10", "01"),
}
_ALIASES = {
    "QOOT Cluster": ("QOOT",),
    "Lebanon SoftShore Cluster": ("SoftShore",),
    "Cluster MENARA": ("MENARA",),
    "Cluster Electronique & Mécatronique (CE3M)": ("CE3M",),
}
# The divisions of the made-up clusters, in the order of `_MADE_UP`.
_MADE_UP_NACE = {
    "en": (("31", "16"), ("35", "43"), ("74", "59")),
    "fr": (("52", "49"), ("22", "38"), ("55", "79")),
    "ar": (("10", "11"), ("32", "13"), ("86", "62")),
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
        member_kinds=_member_kinds(entry),
        voucher_use=entry["voucher_use"],
        milestones=_MILESTONES[entry["name"]],
        nace_codes=_NACE[entry["name"]],
        aliases=_ALIASES.get(entry["name"], ()),
        established=entry.get("established"),
        members=int(number.group())
        if (number := re.search(r"\d+", entry.get("members", "")))
        else None,
    )


def _member_kinds(entry: dict[str, Any]) -> str:
    kinds = ", ".join(entry.get("member_kinds", ["member companies"]))
    return f"{entry['members']} members: {kinds}" if "members" in entry else kinds


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
        nace_codes=_MADE_UP_NACE[language][number % 3],
        established=2015 + number % 6,
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
