"""What the clusters of the demonstration report besides their own words; figures are made up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from vouchers.assistance.reports.rules.parts import Aim

NOTES = {
    "en": ("Counted at the end of the last session.", "List of participants, kept by the cluster."),
    "fr": (
        "Compté à la fin de la dernière séance.",
        "Liste de présence, conservée par le cluster.",
    ),
    "ar": ("عُدّت في نهاية الجلسة الأخيرة.", "قائمة الحضور المحفوظة لدى التجمّع."),
}
STORIES = {
    "en": "A small member firm that had never exported met its first buyer abroad in these sessions.",
    "fr": "Une petite entreprise membre a rencontré ici son premier client à l’étranger.",
    "ar": "التقت شركة صغيرة من الأعضاء لم تصدّر من قبل بأول مشترٍ لها في الخارج خلال هذه الجلسات.",
}
RATED = {
    "en": "Well prepared, and present between the sessions too.",
    "fr": "Bien préparé, et disponible aussi entre les séances.",
    "ar": "تحضير جيّد، وحضور دائم بين الجلسات أيضًا.",
}
_CAPTIONS = {
    "en": (
        "A session with members (drawn for the demonstration)",
        "The cluster; free to use",
        "Figures around a table",
    ),
    "fr": (
        "Une séance avec des membres (dessin de démonstration)",
        "Le cluster ; libre de droits",
        "Des silhouettes autour d’une table",
    ),
    "ar": ("جلسة مع الأعضاء (رسم للعرض التوضيحي)", "التجمّع؛ استخدام حر", "أشكال حول طاولة"),
}


def reached(aims: list[Aim], language: str, *, share: int) -> list[dict[str, str]]:
    """Rows of the indicators: `share` per cent of the way to the first target, all of the others."""
    note, evidence = NOTES[language]
    return [
        {
            "key": aim.key,
            "value": str(_part_of_the_way(aim, share if place == 0 else 100)),
            "note": note,
            "evidence": evidence,
        }
        for place, aim in enumerate(aims)
    ]


def captioned(key: str, language: str) -> dict[str, str]:
    """The row of a picture (the key of its file)."""
    caption, credit, alternative = _CAPTIONS[language]
    return {"key": key, "caption": caption, "credit": credit, "alternative": alternative}


def picture() -> SimpleUploadedFile:
    """A drawn picture: nobody is shown."""
    drawn = Image.new("RGB", (960, 600), "#e3eafb")
    pen = ImageDraw.Draw(drawn)
    pen.rounded_rectangle((180, 330, 780, 440), 50, fill="#123f8f")
    for place in range(5):
        left = 200 + place * 115
        pen.ellipse((left, 190, left + 70, 260), fill="#176b43")
        pen.rounded_rectangle((left - 10, 265, left + 80, 340), 24, fill="#176b43")
    file = BytesIO()
    drawn.save(file, "PNG")
    return SimpleUploadedFile("session.png", file.getvalue(), content_type="image/png")


def _part_of_the_way(aim: Aim, share: int) -> Decimal:
    way = (aim.target - aim.baseline) * share / 100
    return (aim.baseline + way).quantize(Decimal(1), ROUND_HALF_UP)
