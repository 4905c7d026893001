"""One picture of each kind, with texts in Arabic or English, for tests and for looking at.

`python -m tests.charts.pictures FOLDER` writes a page and a PDF of all of them, in both languages.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

from charts.layouts import (
    Curve,
    Event,
    Panel,
    Stack,
    Task,
    Value,
    bars,
    curves,
    funnel,
    gantt,
    multiples,
    stacked_bars,
    timeline,
)

WORDS = {
    "en": {
        "state": "State", "number": "Number", "money": "Money of the call", "total": "In all",
        "country": "Country", "lb": "Lebanon", "ma": "Morocco", "tn": "Tunisia",
        "draft": "Draft", "sent": "Sent", "eligible": "Eligible", "awarded": "Awarded",
        "paid": "Paid", "approved": "Approved", "committed": "Committed", "free": "Free",
        "funnel": "From draft to award", "plan": "Plan of the assistance", "life": "Life of a voucher",
        "event": "Event", "day": "Day", "from": "From", "to": "To",
        "needs": "Needs assessment with the board and all working groups of the cluster, twice",
        "training": "Training", "manual": "Manual of procedures", "report": "Final report",
        "done": "done", "open": "open",
    },
    "ar": {
        "state": "الحالة", "number": "العدد", "money": "أموال الدعوة", "total": "المجموع",
        "country": "البلد", "lb": "لبنان", "ma": "المغرب", "tn": "تونس",
        "draft": "مسودة", "sent": "مُرسَل", "eligible": "مؤهل", "awarded": "ممنوح",
        "paid": "مدفوع", "approved": "معتمد", "committed": "ملتزم به", "free": "متاح",
        "funnel": "من المسودة إلى المنح", "plan": "خطة المساعدة (2026)", "life": "حياة القسيمة",
        "event": "الحدث", "day": "اليوم", "from": "من", "to": "إلى",
        "needs": "تقييم الاحتياجات مع مجلس الإدارة وجميع فرق عمل العنقود مرتين على الأقل",
        "training": "تدريب", "manual": "دليل الإجراءات", "report": "التقرير النهائي",
        "done": "منجز", "open": "مفتوح",
    },
}  # fmt: skip


def all_kinds(language):
    """The pictures by name."""
    from documents.wording import amount, day, month, number

    say = WORDS[language]

    def values(*figures):
        return [Value(say[label], value, number(value)) for label, value in figures]

    def write_month(when):
        return month(f"{when:%Y-%m}")

    counts = ("draft", 48), ("sent", 31), ("eligible", 22), ("awarded", 6)
    stages = [("needs", date(2026, 3, 2)), ("training", date(2026, 5, 11))]
    days = [*stages, ("manual", date(2026, 5, 20)), ("report", date(2026, 11, 30))]
    found = [
        bars(
            "bars",
            say["money"],
            values(*counts),
            headings=(say["state"], say["number"]),
            edge_after=2,
        ),
        stacked_bars(
            "stacks",
            say["money"],
            [say[name] for name in ("paid", "approved", "committed", "free")],
            [
                Stack(
                    say[country], tuple((part, amount(part)) for part in parts), amount(sum(parts))
                )
                for country, parts in (
                    ("lb", (4000, 2500, 1500, 2000)),
                    ("ma", (1000, 0, 6000, 3000)),
                    ("tn", (0, 0, 0, 10000)),
                )
            ],
            headings=(say["country"], say["total"]),
        ),
        funnel("funnel", say["funnel"], values(*counts), headings=(say["state"], say["number"])),
        gantt(
            "gantt",
            say["plan"],
            [
                Task(say["needs"], date(2026, 2, 1), date(2026, 3, 15), say["done"]),
                Task(say["training"], date(2026, 4, 1), date(2026, 8, 31), say["open"], "hatched"),
                Task(say["report"], date(2026, 9, 30), date(2026, 9, 30), say["open"], "outlined"),
            ],
            headings=(say["event"], say["from"], say["to"], say["state"]),
            write_day=day,
            write_month=write_month,
            today=date(2026, 6, 10),
        ),
        timeline(
            "timeline",
            say["life"],
            [Event(say[label], when) for label, when in days],
            headings=(say["event"], say["day"]),
            write_day=day,
            write_month=write_month,
            today=date(2026, 6, 10),
        ),
        multiples(
            "multiples",
            say["funnel"],
            [
                Panel(say["lb"], tuple(values(("sent", 12), ("eligible", 9), ("awarded", 2)))),
                Panel(say["ma"], tuple(values(("sent", 4), ("eligible", 4), ("awarded", 1)))),
                Panel(say["tn"], tuple(values(("sent", 0), ("eligible", 0), ("awarded", 0)))),
            ],
            heading=say["country"],
        ),
        curves(
            "curves",
            say["sent"],
            [
                Curve(say["lb"], ((3, 2.0), (17, 9.0), (30, 14.0)), 34),
                Curve(say["ma"], ((10, 4.0), (40, 20.0), (60, 31.0)), 400),
                Curve(say["tn"], (), 500),
            ],
            days=60,
            most=(31.0, number(31)),
            write_day=number,
            headings=(say["country"], say["number"]),
            rows=[(say["lb"], number(14)), (say["ma"], number(31)), (say["tn"], number(0))],
        ),
    ]
    return {picture.name: picture for picture in found}


def page_of(pictures, language):
    """A page of HTML that shows these pictures."""
    from django.template import engines
    from django.utils import translation

    with translation.override(language):
        shown = engines["django"].from_string(
            "{% load charts %}{% for picture in pictures %}{% chart picture %}{% endfor %}"
        )
        body = shown.render({"pictures": list(pictures)})
    direction = "rtl" if language == "ar" else "ltr"
    return (
        f'<!doctype html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8">'
        f"<title>Pictures</title></head><body>{body}</body></html>"
    )


def pdf_of(page):
    """The page as our letters are made: the same fonts and stylesheet, as PDF/UA."""
    from weasyprint import HTML

    from documents.rendering.isolating import isolated_runs
    from documents.rendering.pdf import OwnFilesOnly, look

    stylesheet, _closer, fonts = look()
    # A letter has its foot on each page.
    html = HTML(string=isolated_runs(page), url_fetcher=OwnFilesOnly())
    return html.write_pdf(stylesheets=[stylesheet], font_config=fonts, pdf_variant="pdf/ua-1")


def main(folder):
    """Write page and PDF in both languages."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nextsociety.settings")
    django.setup()
    from django.utils import translation

    for language in WORDS:
        with translation.override(language):
            page = page_of(all_kinds(language).values(), language)
        (folder / f"{language}.html").write_text(page)
        (folder / f"{language}.pdf").write_bytes(pdf_of(page))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
