"""Facts as the rooms freeze them, one set for each kind of letter and language.

To look at every letter: `python -m tests.documents.samples FOLDER` writes them all as PDFs.
"""

from __future__ import annotations

import os
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

CALL_NAMES = {
    "en": "Scale Up Voucher for Clusters",
    "fr": "Bon de croissance pour les clusters",
    "ar": "قسيمة النمو للعناقيد الاقتصادية",
}
COUNTRIES = {"en": "Lebanon", "fr": "Liban", "ar": "لبنان"}
CRITERIA = {
    "en": (
        "Mission and track record",
        "Growth plan and milestones",
        "Suggested plan for the technical assistance voucher",
    ),
    "fr": (
        "Mission et réalisations",
        "Plan de croissance et jalons",
        "Plan proposé pour le bon d’assistance technique",
    ),
    "ar": ("الرسالة والسجل", "خطة النمو ومراحلها", "الخطة المقترحة لقسيمة المساعدة التقنية"),
}
COMMENTS = {
    "en": (
        "The cluster knows its members well and has shown three joint projects with universities "
        "since 2019.",
        "The milestones are clear, but nobody is named for the second one and the budget does not "
        "say where the cluster’s own share comes from.",
        "Procedures and manuals are what the cluster needs most now.",
    ),
    "fr": (
        "Le cluster connaît bien ses membres et présente trois projets communs avec des "
        "universités depuis 2019.",
        "Les jalons sont clairs, mais personne n’est désigné pour le deuxième.",
        "Des procédures et des manuels : c’est ce dont le cluster a le plus besoin.",
    ),
    "ar": (
        "يعرف العنقود أعضاءه معرفة جيدة، وقد نفّذ ثلاثة مشاريع مشتركة مع الجامعات منذ عام 2019.",
        "المراحل واضحة، غير أن المسؤول عن المرحلة الثانية لم يُسمَّ (انظر SUV-2026-LB-0001).",
        "الإجراءات والأدلة هي أكثر ما يحتاج إليه العنقود الآن.",
    ),
}
OUTCOMES = {
    "en": ("award", "reserve list", "refusal"),
    "fr": ("attribution", "liste de réserve", "refus"),
    "ar": ("منح", "قائمة الاحتياط", "رفض"),
}
RULES = {
    "en": (
        "is an association of firms and institutions",
        "is established in the country",
        "the application is complete",
        "has no other Union funding for the same activities",
    ),
    "fr": (
        "est une association d’entreprises et d’institutions",
        "est établi dans le pays",
        "la candidature est complète",
        "n’a pas d’autre financement de l’Union pour les mêmes activités",
    ),
    "ar": (
        "جمعية تضم شركات ومؤسسات",
        "مقرّها في البلد",
        "الطلب مكتمل",
        "لا تستفيد من تمويل آخر من الاتحاد للأنشطة نفسها",
    ),
}
STEPS = {
    "en": ("submitted by", "verified by", "approved by", "ordered by"),
    "fr": ("présentée par", "vérifiée par", "approuvée par", "ordonnée par"),
    "ar": ("قدّمها", "تحقّق منها", "وافق عليها", "أمر بها"),
}
FINDINGS = {
    "en": (
        "QOOT has grown from 20 to more than 70 members, and its procedures have not grown with "
        "it: each enquiry is handled by whoever happens to see it.\n\nTwo universities would work "
        "with members on food safety, but nobody keeps track of who needs what."
    ),
    "fr": (
        "QOOT est passé de 20 à plus de 70 membres, et ses procédures n’ont pas suivi.\n\n"
        "Deux universités travailleraient volontiers avec les membres."
    ),
    "ar": (
        "ارتفع عدد أعضاء QOOT من 20 إلى أكثر من 70 عضوًا، ولم تواكب إجراءاته هذا النمو.\n\n"
        "ترغب جامعتان في العمل مع الأعضاء على سلامة الأغذية."
    ),
}
MILESTONES = {
    "en": (
        "Review of how members are served today",
        "Manual of procedures, tried out with five members",
        "Two agreements with universities",
    ),
    "fr": (
        "Examen des services aux membres",
        "Manuel de procédures, essayé avec cinq membres",
        "Deux accords avec des universités",
    ),
    "ar": (
        "مراجعة الخدمات المقدّمة للأعضاء",
        "دليل الإجراءات بعد تجربته مع خمسة أعضاء",
        "اتفاقيتان مع جامعتين",
    ),
}
SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def sample_facts(kind: str, language: str = "en") -> dict[str, Any]:
    """The facts that a document of this kind could state."""
    return _FACTS[kind](language)


def sample_document(kind: str, language: str = "en", **fields: Any) -> Any:
    """A document that is not saved, always the same, ready to be rendered."""
    from documents.models import Document

    facts = fields.pop("facts", None) or sample_facts(kind, language)
    return Document(
        **{
            "id": uuid.UUID("0f1e2d3c-4b5a-4678-8a9b-acbdcedfe0f1"),
            "kind": kind,
            "language": language,
            "reference": facts.get("order") or facts["reference"],
            "facts": facts,
            "code": "7Q4K01ZXM8R2C5T9VBHA",
            "issued_at": datetime(2026, 5, 20, 9, 30, tzinfo=UTC),
            **fields,
        }
    )


def _call(language: str) -> dict[str, Any]:
    return {
        "name": CALL_NAMES[language],
        "year": 2026,
        "voucher_amount": "5000.00",
        "deadline": "2026-03-31T14:00:00+00:00",
        "decision_due": "2026-05-29",
    }


def _application(language: str) -> dict[str, Any]:
    return {
        "reference": "SUV-2026-LB-0001",
        "call": _call(language),
        "cluster": "QOOT Cluster",
        "country": COUNTRIES[language],
        "country_code": "LB",
        "time_zone": "Asia/Beirut",
        "partner": "Berytech",
        "submitted_at": "2026-03-30T08:12:44+00:00",
    }


def _acknowledgement(language: str) -> dict[str, Any]:
    return {
        **_application(language),
        "date": "2026-03-30",
        "submitted_by": "Nadine Khoury",
        "answers": 6,
        "attachments": [
            {"name": "Statutes 2024 (signed).pdf", "size": 482_133, "sha256": SHA},
            {"name": "النظام الأساسي.pdf", "size": 1_733_012, "sha256": SHA[::-1]},
        ],
    }


def _filled(language: str) -> list[dict[str, Any]]:
    """A form with an answer of each kind: a long one, a table with a sum, files, and a gap."""
    columns = {
        "en": ("Activity", "Days of an expert", "Amount (EUR)"),
        "fr": ("Activité", "Jours d’expert", "Montant (EUR)"),
        "ar": ("النشاط", "أيام الخبير", "المبلغ (يورو)"),
    }[language]
    empty = {"text": "", "columns": [], "lines": [], "total": "", "files": [], "problems": []}
    lines = [
        [
            {"text": title, "number": False},
            {"text": "5", "number": True},
            {"text": "1,250.00", "number": True},
        ]
        for title in MILESTONES[language]
    ]
    return [
        {
            "title": CRITERIA[language][0],
            "questions": [
                {
                    **empty,
                    "question": CRITERIA[language][1],
                    "kind": "long_text",
                    "text": "\n\n".join([FINDINGS[language]] * 9),
                    "missing": False,
                },
                {
                    **empty,
                    "question": CRITERIA[language][2],
                    "kind": "budget",
                    "columns": [
                        {"label": label, "number": place > 0} for place, label in enumerate(columns)
                    ],
                    "lines": lines,
                    "total": "3750.00",
                    "missing": False,
                },
            ],
        },
        {
            "title": CRITERIA[language][2],
            "questions": [
                {**empty, "question": RULES[language][0], "kind": "number", "missing": True},
                {
                    **empty,
                    "question": RULES[language][2],
                    "kind": "file",
                    "files": _acknowledgement(language)["attachments"],
                    "missing": False,
                },
            ],
        },
    ]


def _call_form(language: str) -> dict[str, Any]:
    question = {
        "text": CRITERIA[language][1],
        "help_text": FINDINGS[language],
        "kind": "long_text",
        "kind_label": "long text",
        "required": True,
        "criterion": CRITERIA[language][0],
        "limits": ["at most 400 words"],
        "condition": "",
        "options": [],
        "columns": [],
    }
    return {
        "reference": "SUV-2026",
        "call": _call(language),
        "date": "2026-01-15",
        "version": 1,
        "purpose": FINDINGS[language],
        "deadline": [{"city": "Beirut", "day": "30 March 2026", "time": "17:00"}],
        "countries": [{"name": COUNTRIES[language], "partner": "Berytech"}],
        "max_files": 5,
        "max_file_size": "10.0 MB",
        "rules": list(RULES[language]),
        "criteria": [
            {"name": name, "guidance": "", "weight": "30.00", "threshold": "50.00"}
            for name in CRITERIA[language]
        ],
        "sections": [
            {
                "title": CRITERIA[language][0],
                "help_text": "",
                "questions": [
                    question,
                    {**question, "kind": "choice", "options": list(STEPS[language])},
                    {**question, "kind": "budget", "columns": list(MILESTONES[language])},
                ],
            }
        ],
        "clauses": list(RULES[language]),
    }


def _draft(language: str) -> dict[str, Any]:
    return {
        **_application(language),
        "date": "2026-03-30",
        "changed_at": "2026-03-30T08:15:00+00:00",
        "done": 2,
        "wanted": 4,
        "sections": _filled(language),
    }


def _copy(language: str) -> dict[str, Any]:
    return {
        **_application(language),
        "date": "2026-03-31",
        "submitted_by": "Nadine Khoury",
        "sections": _filled(language),
        "declaration": {
            "clauses": list(RULES[language]),
            "language": language,
            "name": "Dalia Harb",
            "function": "President",
            "signed_at": "2026-03-31T08:15:00+00:00",
            "sha256": SHA,
        },
    }


def _ineligibility(language: str) -> dict[str, Any]:
    return {
        **_application(language),
        "date": "2026-04-09",
        "reason": COMMENTS[language][1],
        "rules": [
            {
                "rule": rule,
                "met": met,
                "basis": [] if met else [COMMENTS[language][2]],
                "reason": "" if met else COMMENTS[language][0],
            }
            for rule, met in zip(RULES[language], (True, True, False, True), strict=True)
        ],
    }


def _decision(language: str) -> dict[str, Any]:
    scores = (("4.2500", "25.5000", "30"), ("3.5000", "24.5000", "35"), ("4.7500", "33.2500", "35"))
    return {
        **_application(language),
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


def _review(language: str) -> dict[str, Any]:
    """A request for review that was upheld."""
    return {
        **_application(language),
        "date": "2026-06-15",
        "made_at": "2026-05-29T08:30:00+00:00",
        "grounds": COMMENTS[language][1],
        "upheld": True,
        "reasons": FINDINGS[language],
        "correction": COMMENTS[language][2],
        "effect": "reserve",
    }


def _score_sheet(language: str) -> dict[str, Any]:
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
        **_application(language),
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


def _score_draft(language: str) -> dict[str, Any]:
    return {**_score_sheet(language), "submitted_at": "", "date": ""}


def _score_grid(language: str) -> dict[str, Any]:
    return {**_score_draft(language), "blank": True, "comment": "", "total": ""}


def _award(language: str) -> dict[str, Any]:
    return {
        **_decision(language),
        "amount": "5000.00",
        "accept_by": "2026-06-19",
        "assistance_starts": "2026-06-01",
        "assistance_ends": "2026-12-31",
    }


def _minutes(language: str) -> dict[str, Any]:
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
        "call": _call(language),
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


def _agreement(language: str) -> dict[str, Any]:
    return {
        **_application(language),
        "date": "2026-05-25",
        "amount": "5000.00",
        "valid_from": "2026-06-01",
        "valid_until": "2026-12-31",
        "accepted_by": "Nadine Khoury",
        "accepted_at": "2026-05-25T07:31:00+00:00",
    }


def _voucher(language: str) -> dict[str, Any]:
    return {
        **_application(language),
        "amount": "5000.00",
        "valid_from": "2026-06-01",
        "valid_until": "2026-12-31",
    }


def _needs(language: str) -> dict[str, Any]:
    return {
        **_voucher(language),
        "date": "2026-06-04",
        "place": "Berytech Digital Park, Beirut",
        "participants": ["Nadine Khoury, QOOT", "Samir Nasr, QOOT", "ريما عون، Berytech"],
        "findings": FINDINGS[language],
        "next_steps": COMMENTS[language][2],
        "recorded_by": "Rima Aoun",
    }


def _plan(language: str) -> dict[str, Any]:
    return {
        **_voucher(language),
        "date": "2026-06-12",
        "objective": COMMENTS[language][2],
        "expected_results": FINDINGS[language],
        "provider": "Cedar Consulting s.a.r.l.",
        "milestones": [
            {"title": title, "due_on": due, "days": days, "amount": amount}
            for title, due, days, amount in zip(
                MILESTONES[language],
                ("2026-07-15", "2026-09-30", "2026-11-30"),
                ("2.0", "5.5", "3.0"),
                ("900.00", "2600.00", "1500.00"),
                strict=True,
            )
        ],
        "total": "5000.00",
        "total_days": "10.5",
        "submitted_by": "Nadine Khoury",
        "approved_by": "Rima Aoun",
    }


def _claim(language: str) -> dict[str, Any]:
    return {
        **_voucher(language),
        "invoice_number": "2026/117",
        "invoice_date": "2026-10-02",
        "milestone": MILESTONES[language][1],
        "currency": "LBP",
        "currency_amount": "241500000.00",
        "rate": "9.6617E+4",
        "rate_month": "2026-10",
        "claimed": "2499.56",
    }


def _order(language: str) -> dict[str, Any]:
    people = ("Nadine Khoury", "Rima Aoun", "Claire Martin", "Paul Girard")
    return {
        **_claim(language),
        "date": "2026-10-09",
        "order": "SUV-2026-LB-0001-P2",
        "payee": "Cedar Consulting s.a.r.l.",
        "bank_account": "LB62099900000001001901229114",
        "steps": [
            {"step": step, "person": person, "at": f"2026-10-0{day}T09:15:00+00:00"}
            for step, person, day in zip(STEPS[language], people, (3, 6, 8, 9), strict=True)
        ],
    }


def _payment(language: str) -> dict[str, Any]:
    return {
        **_claim(language),
        "date": "2026-10-13",
        "order": "SUV-2026-LB-0001-P2",
        "payee": "Cedar Consulting s.a.r.l.",
        "bank_account": "…9114",
        "bank_reference": "TRF-88121-26",
        "paid": "3399.56",
        "left": "1600.44",
    }


def _completion(language: str) -> dict[str, Any]:
    return {
        **_voucher(language),
        "date": "2026-12-18",
        "objective": COMMENTS[language][2],
        "provider": "Cedar Consulting s.a.r.l.",
        "milestones": list(MILESTONES[language]),
        "total_days": "10.5",
        "paid": "4899.56",
        "summary": FINDINGS[language],
        "results": COMMENTS[language][0],
        "members_reached": 41,
        "women_reached": 17,
        "accepted_by": "Rima Aoun",
    }


def _programme(language: str) -> dict[str, Any]:
    """Two countries: one with a finished voucher, one where nothing was accepted."""
    sums = {"amount": "5000.00", "paid": "4899.56"}
    figures = {"quota": 1, "applications": 4, "eligible": 3, "approved": "4899.56", **sums}
    cluster = {
        "cluster": "QOOT Cluster",
        "sector": "Agri-food innovation",
        "established": 2019,
        "reference": "SUV-2026-LB-0001",
        "state": "closed",
        "objective": FINDINGS[language],
        "provider": "Cedar Consulting s.a.r.l.",
        "days": "10.0",
        "milestones": [{"title": MILESTONES[language][0], "amount": "5000.00"}],
        "summary": FINDINGS[language],
        "results": COMMENTS[language][0],
        "members_reached": 41,
        "women_reached": 17,
        **sums,
    }
    return {
        "reference": "SUV-2026",
        "call": _call(language),
        "date": "2027-06-30",
        "purpose": FINDINGS[language],
        "voucher_amount": "5000.00",
        "budget": "10000.00",
        "vouchers": 1,
        "members_reached": 41,
        "women_reached": 17,
        "countries": [
            {
                "country": COUNTRIES[language],
                "partner": "Berytech",
                "awarded": 1,
                "clusters": [cluster],
                **figures,
            },
            {
                **figures,
                "country": "Tunisia",
                "partner": "APII",
                "awarded": 0,
                "amount": "0.00",
                "paid": "0.00",
                "clusters": [],
            },
        ],
        **sums,
    }


_FACTS = {
    "programme-report": _programme,
    "acknowledgement": _acknowledgement,
    "call-form": _call_form,
    "application-draft": _draft,
    "application-copy": _copy,
    "ineligibility": _ineligibility,
    "score-sheet": _score_sheet,
    "score-draft": _score_draft,
    "score-grid": _score_grid,
    "award": _award,
    "reserve": _decision,
    "refusal": _decision,
    "minutes": _minutes,
    "review": _review,
    "agreement": _agreement,
    "needs-assessment": _needs,
    "plan": _plan,
    "order": _order,
    "payment": _payment,
    "completion": _completion,
}


def main(folder: Path) -> None:
    """Write every letter in every language to `folder`."""
    from documents.rendering import render

    folder.mkdir(parents=True, exist_ok=True)
    for kind in _FACTS:
        for language in ("en", "fr", "ar"):
            rendered = render(sample_document(kind, language))
            (folder / f"{kind}-{language}.pdf").write_bytes(rendered.content)
            print(kind, language, rendered.pages, "pages")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nextsociety.settings")
    import django

    django.setup()
    main(Path(sys.argv[1]))
