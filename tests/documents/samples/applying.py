"""Facts of the letters about a call and an application."""

from __future__ import annotations

from typing import Any

from .words import (
    CALL_NAMES,
    COMMENTS,
    COUNTRIES,
    CRITERIA,
    FINDINGS,
    FUNCTIONS,
    MILESTONES,
    RULES,
    SHA,
    STEPS,
)


def call_facts(language: str) -> dict[str, Any]:
    return {
        "name": CALL_NAMES[language],
        "year": 2026,
        "voucher_amount": "5000.00",
        "deadline": "2026-03-31T14:00:00+00:00",
        "decision_due": "2026-05-29",
    }


def application_facts(language: str) -> dict[str, Any]:
    return {
        "reference": "SUV-2026-LB-0001",
        "call": call_facts(language),
        "cluster": "QOOT Cluster",
        "country": COUNTRIES[language],
        "country_code": "LB",
        "time_zone": "Asia/Beirut",
        "partner": "Berytech",
        "submitted_at": "2026-03-30T08:12:44+00:00",
        **on_letterhead(language),
    }


def on_letterhead(language: str) -> dict[str, Any]:
    """Who writes and to whom, with all that may stand there but a logo, which is a kept file."""
    return {
        "funding": "funded",
        "sender": {
            "address": ["Cedar Street 12, Digital District", "1107 Beirut"],
            "email": "clusters@berytech.example",
            "logo": "",
            "signatory": "Rami Saliba",
            "function": FUNCTIONS[language][0],
        },
        "addressee": {
            "representative": "Nadine Khoury",
            "function": FUNCTIONS[language][1],
            "address": ["12 rue Gouraud, Gemmayzé", "1100 Beirut"],
        },
        "coordination": {
            "address": ["Les Docks, Atrium 10.2", "13002 Marseille"],
            "signatory": "Claire Fontaine",
            "function": FUNCTIONS[language][2],
        },
    }


def acknowledgement_facts(language: str) -> dict[str, Any]:
    return {
        **application_facts(language),
        "date": "2026-03-30",
        "submitted_by": "Nadine Khoury",
        "answers": 6,
        "attachments": [
            {"name": "Statutes 2024 (signed).pdf", "size": 482_133, "sha256": SHA},
            {"name": "النظام الأساسي.pdf", "size": 1_733_012, "sha256": SHA[::-1]},
        ],
    }


def filled_facts(language: str) -> list[dict[str, Any]]:
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
                    "files": acknowledgement_facts(language)["attachments"],
                    "missing": False,
                },
            ],
        },
    ]


def call_form_facts(language: str) -> dict[str, Any]:
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
        "call": call_facts(language),
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


def draft_facts(language: str) -> dict[str, Any]:
    return {
        **application_facts(language),
        "date": "2026-03-30",
        "changed_at": "2026-03-30T08:15:00+00:00",
        "done": 2,
        "wanted": 4,
        "sections": filled_facts(language),
    }


def copy_facts(language: str) -> dict[str, Any]:
    return {
        **application_facts(language),
        "date": "2026-03-31",
        "submitted_by": "Nadine Khoury",
        "sections": filled_facts(language),
        "declaration": {
            "clauses": list(RULES[language]),
            "language": language,
            "name": "Dalia Harb",
            "function": "President",
            "signed_at": "2026-03-31T08:15:00+00:00",
            "sha256": SHA,
        },
    }


def ineligibility_facts(language: str) -> dict[str, Any]:
    return {
        **application_facts(language),
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
