"""Facts of the papers of quotes: what is asked for, and how one was chosen."""

from __future__ import annotations

from typing import Any

from .applying import application_facts
from .words import COMMENTS, FINDINGS, MILESTONES

PROVIDERS = ("Cedar Consulting s.a.r.l.", "شركة الأرز للاستشارات", "Atlas Conseil")


def told_facts(language: str) -> dict[str, Any]:
    return {
        **application_facts(language),
        "title": MILESTONES[language][0],
        "deadline": "2026-07-20T14:00:00+00:00",
    }


def terms_facts(language: str) -> dict[str, Any]:
    return {
        **told_facts(language),
        "date": "2026-07-01",
        "scope": FINDINGS[language],
        "deliverables": COMMENTS[language][2],
        "days": "10.50",
        "ceiling": "5000.00",
        "language": language,
        "use": MILESTONES[language][2],
        "milestones": [
            {"title": MILESTONES[language][1], "days": "5.50", "due_on": "2026-09-30"},
            {"title": MILESTONES[language][2], "days": "", "due_on": ""},
        ],
        "grounds": [
            {"name": MILESTONES[language][0], "weight": "40", "by_formula": True},
            {"name": MILESTONES[language][1], "weight": "60", "by_formula": False},
        ],
    }


def quote_minutes_facts(language: str) -> dict[str, Any]:
    return {
        **told_facts(language),
        "date": "2026-07-28",
        "asked": [
            {"provider": one, "resembles": "", "why_asked": "", "withdrawn_for": ""}
            for one in PROVIDERS
        ],
        "derogation": "",
        "opened_at": "2026-07-21T07:15:00+00:00",
        "opened_by": ["Rima Aoun", "Maya Haddad"],
        "received": [
            {"provider": one, "sent_at": "2026-07-20T09:30:00+00:00", "fingerprint": "7f" * 32}
            for one in PROVIDERS
        ],
        "grounds": [
            {"name": MILESTONES[language][0], "weight": "40"},
            {"name": MILESTONES[language][1], "weight": "60"},
        ],
        "quotes": [
            {
                "provider": one,
                "rank": rank,
                "total": total,
                "days": "10.50",
                "points": [points, "48.00"],
                "sum": "84.00",
                "chosen": rank == 2,
            }
            for rank, (one, total, points) in enumerate(
                zip(
                    PROVIDERS,
                    ("4200.00", "4650.00", "5000.00"),
                    ("40.00", "36.13", "33.60"),
                    strict=True,
                ),
                start=1,
            )
        ],
        "reason": COMMENTS[language][1],
        "chosen_by": "Nadine Khoury",
        "confirmed_by": "ريما عون",
    }
