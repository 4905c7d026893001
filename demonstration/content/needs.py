"""What the made-up clusters of the demonstration need, by the themes of the call.

What the six real ones need stands in `content/six`.
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
    what, evidence, existing = _ALSO[facts.language]
    return [
        NeedWords("services", facts.voucher_use, existing=facts.mission),
        NeedWords("communication", what, "low", evidence, existing),
    ]


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
