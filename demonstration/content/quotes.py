"""What providers of the demonstration offer, and why one is chosen; all of it is made up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OfferWords:
    """What is said around quotes, in the language of the cluster."""

    title: str
    advice: str
    journeys: str
    approaches: tuple[str, str, str]
    experience: str
    why: str


OFFERS = {
    "en": OfferWords(
        "A consultant for our plan",
        "Consultant",
        "Journeys to the members",
        (
            "We interview the members, draft with them, and test the draft with three of them.",
            "Two workshops, and a model that the members fill in themselves.",
            "An online survey, then a report.",
        ),
        "Four assignments of this kind since 2020 (made up for the demonstration).",
        "The cheapest does not visit the members, and has done nothing of the kind so far.",
    ),
    "fr": OfferWords(
        "Un consultant pour notre plan",
        "Consultant",
        "Déplacements chez les membres",
        (
            "Nous interrogeons les membres, rédigeons avec eux, testons le projet chez trois membres.",
            "Deux ateliers et un modèle que les membres remplissent eux-mêmes.",
            "Une enquête en ligne, puis un rapport.",
        ),
        "Quatre missions de ce genre depuis 2020 (inventé pour la démonstration).",
        "Le moins cher ne se déplace pas chez les membres et n’a encore rien fait de ce genre.",
    ),
    "ar": OfferWords(
        "استشاري لتنفيذ خطتنا",
        "استشاري",
        "زيارات للأعضاء",
        (
            "نقابل الأعضاء، ونكتب معهم، ونجرّب المسودة لدى ثلاثة منهم.",
            "ورشتا عمل ونموذج يملؤه الأعضاء بأنفسهم.",
            "استبيان عبر الإنترنت ثم تقرير.",
        ),
        "أربع مهمات مشابهة منذ 2020 (مختلق للعرض التوضيحي).",
        "الأرخص لا يزور الأعضاء ولم يقم بعمل مشابه من قبل.",
    ),
}
