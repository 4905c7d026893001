"""Facts of the letters about scores and decisions."""

from __future__ import annotations

from typing import Any

from .applying import application_facts, call_facts
from .words import COMMENTS, COUNTRIES, CRITERIA, FINDINGS, OUTCOMES


def decision_facts(language: str) -> dict[str, Any]:
    scores = (("4.2500", "25.5000", "30"), ("3.5000", "24.5000", "35"), ("4.7500", "33.2500", "35"))
    return {
        **application_facts(language),
        "date": "2026-05-20",
        "rank": 1,
        "total": "83.2500",
        "total_threshold": "60.00",
        "score_max": "5.00",
        "scores": [
            {
                "criterion": criterion,
                "mean": mean,
                "points": points,
                "weight": weight,
                "threshold": "50.00",
                "strengths": [comment],
                "weaknesses": [COMMENTS[language][2]],
            }
            for criterion, (mean, points, weight), comment in zip(
                CRITERIA[language], scores, COMMENTS[language], strict=True
            )
        ],
        "reasons": FINDINGS[language],
        "review_until": "2026-06-03T23:59:59+03:00",
        "review_days": 10,
        "reserve_place": 2,
        "reserve_until": "2026-11-16T23:59:59+02:00",
    }


def review_facts(language: str) -> dict[str, Any]:
    """A request for review that was upheld."""
    return {
        **application_facts(language),
        "date": "2026-06-15",
        "made_at": "2026-05-29T08:30:00+00:00",
        "grounds": COMMENTS[language][1],
        "upheld": True,
        "reasons": FINDINGS[language],
        "correction": COMMENTS[language][2],
        "effect": "reserve",
    }


def score_sheet_facts(language: str) -> dict[str, Any]:
    """An assessor's scores: one of them below its threshold."""
    given = zip(
        CRITERIA[language],
        COMMENTS[language],
        ("30", "35", "35"),
        ("4.5", "2", "4"),
        ("27.00", "14.00", "28.00"),
        strict=True,
    )
    return {
        **application_facts(language),
        "assessor": "Leila Mansour",
        "assessor_time_zone": "Asia/Beirut",
        "due_at": "2026-11-30T16:00:00+00:00",
        "submitted_at": "2026-11-20T09:30:00+00:00",
        "blank": False,
        "steps": ["1", "1.5", "2", "2.5", "3", "3.5", "4", "4.5", "5"],
        "score_max": "5",
        "first_anchor": 1,
        "total_threshold": "60",
        "total": "69.00",
        "criteria": [
            {
                "name": name,
                "guidance": comment,
                "anchors": list(OUTCOMES[language]),
                "weight": weight,
                "least": "2.5",
                "score": score,
                "points": points,
                "strengths": comment,
                "weaknesses": comment if score == "2" else "",
            }
            for name, comment, weight, score, points in given
        ],
        "comment": COMMENTS[language][0],
    }


def score_draft_facts(language: str) -> dict[str, Any]:
    return {**score_sheet_facts(language), "submitted_at": "", "date": ""}


def score_grid_facts(language: str) -> dict[str, Any]:
    return {**score_draft_facts(language), "blank": True, "comment": "", "total": ""}


def award_facts(language: str) -> dict[str, Any]:
    return {
        **decision_facts(language),
        "amount": "5000.00",
        "accept_by": "2026-06-19",
        "assistance_starts": "2026-06-01",
        "assistance_ends": "2026-12-31",
        "way": "provider",
    }


def minutes_facts(language: str) -> dict[str, Any]:
    award, reserve, refusal = OUTCOMES[language]

    def decision(rank: int, cluster: str, total: str, outcome: str, reason: str = "") -> dict:
        return {
            "rank": rank,
            "reference": f"SUV-2026-LB-000{rank}",
            "cluster": cluster,
            "total": total,
            "suggested": outcome if not reason else award,
            "outcome": outcome,
            "departure_reason": reason,
            "tied": rank == 3,
            "scores": [
                {"criterion": criterion, "mean": mean}
                for criterion, mean in zip(
                    CRITERIA[language], ("4.2500", "3.5000", "4.7500"), strict=True
                )
            ],
        }

    lebanon = [
        decision(1, "QOOT Cluster", "83.2500", award),
        decision(2, "Cedar Furniture Cluster", "81.0000", reserve, COMMENTS[language][1]),
        decision(3, "Lebanon SoftShore Cluster", "78.3333", award),
        decision(4, "Bekaa Wine Cluster", "44.0000", refusal),
    ]
    morocco = [
        decision(1, "Cluster Electronique & Mécatronique (CE3M)", "88.5000", award),
        decision(2, "Cluster MENARA", "80.0000", award),
    ]
    return {
        "reference": "SUV-2026",
        "call": call_facts(language),
        "date": "2026-05-20",
        "participants": ["Rana Haddad, Berytech", "Claire Martin, ANIMA Investment Network"],
        "remarks": FINDINGS[language],
        "proposed_by": "Rana Haddad",
        "approved_by": "Claire Martin",
        "proposed_at": "2026-05-18T14:00:00+00:00",
        "approved_at": "2026-05-20T09:00:00+00:00",
        "publish_at": "2026-05-22T08:00:00+00:00",
        "total_threshold": "60.00",
        "unfilled_quota": OUTCOMES[language][1],
        "conflicts": [
            {
                "person": "Karim Saad",
                "reference": "SUV-2026-LB-0001",
                "kind": COMMENTS[language][1],
            }
        ],
        "consensus": [
            {
                "reference": "SUV-2026-LB-0002",
                "state": OUTCOMES[language][0],
                "rapporteur": "Leila Mansour",
                "reason": FINDINGS[language],
            }
        ],
        "countries": [
            {"country": COUNTRIES[language], "partner": "Berytech", "vote": COMMENTS[language][0],
             "decisions": lebanon},
            {"country": "المغرب" if language == "ar" else "Morocco", "partner": "Startup Maroc",
             "decisions": morocco},
        ],
    }  # fmt: skip
