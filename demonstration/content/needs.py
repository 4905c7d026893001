"""What the clusters of the demonstration need, by the themes of the call.

Of the six real ones, each need is a part of the use of the voucher that `programme.json` tells, and
nothing is added to it: no figure, no evidence. What was decided is made up, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from .clusters import ClusterFacts


@dataclass(frozen=True)
class NeedWords:
    """A need in the words of the cluster; `theme` is the code of one of the usual themes."""

    theme: str
    what: str
    priority: str = "high"
    evidence: str = ""
    existing: str = ""


def needs_of(facts: ClusterFacts) -> list[NeedWords]:
    """The needs of a cluster, at most one a theme."""
    if facts.name in _REAL:
        return _REAL[facts.name]
    what, evidence, existing = _ALSO[facts.language]
    return [
        NeedWords("services", facts.voucher_use, existing=facts.mission),
        NeedWords("communication", what, "low", evidence, existing),
    ]


_REAL = {
    "QOOT Cluster": [
        NeedWords("governance", "Procedures and manuals."),
        NeedWords("services", "A quicker transfer of knowledge between members and partners."),
        NeedWords(
            "innovation",
            "A closer relationship with universities, and better linkages between academia and "
            "industry.",
        ),
    ],
    "Lebanon SoftShore Cluster": [
        NeedWords("internationalisation", "Export strategies: members expand to new markets."),
        NeedWords("finance", "Business plans for the coming years."),
    ],
    "Cluster MENARA": [
        NeedWords(
            "services",
            "A business model for the development of the luxury food and cosmetics industries.",
        ),
        NeedWords(
            "innovation",
            "A vision of innovation that manufacturers, universities and regional public "
            "authorities share.",
        ),
    ],
    "Cluster Electronique & Mécatronique (CE3M)": [
        NeedWords(
            "services",
            "A structured service of the prototyping platform.",
            existing="The platform, its equipment and its infrastructure.",
        ),
        NeedWords("communication", "The commercial development of the cluster.", "medium"),
    ],
    "Cluster de Textile Technique du Sahel": [
        NeedWords(
            "digital",
            "To know what an industrial member needs for its transition to industry 4.0.",
        ),
    ],
    "Cluster Huile d'Olive du Nord Ouest": [
        NeedWords("communication", "Better marketing of the product."),
        NeedWords("services", "More business opportunities for the member companies.", "medium"),
    ],
}
# What every made-up cluster needs besides: what, what shows it, what exists.
_ALSO = {
    "en": (
        "A page on which customers find the members.",
        "Members say that customers do not find them (made up for the demonstration).",
        "A list of members, by e-mail.",
    ),
    "fr": (
        "Une page où les clients trouvent les membres.",
        "Les membres disent que les clients ne les trouvent pas (inventé pour la démonstration).",
        "Une liste des membres, par e-mail.",
    ),
    "ar": (
        "صفحة يجد فيها الزبائن أعضاء التجمع.",
        "يقول الأعضاء إن الزبائن لا يجدونهم (مختلق للعرض التوضيحي).",
        "قائمة بالأعضاء تُرسل بالبريد الإلكتروني.",
    ),
}
DECISIONS = {
    "en": "The cluster writes its plan within three weeks. (Made up for the demonstration.)",
    "fr": "Le cluster rédige son plan dans les trois semaines. (Inventé pour la démonstration.)",
    "ar": "يكتب التجمع خطته خلال ثلاثة أسابيع. (مختلق للعرض التوضيحي.)",
}
