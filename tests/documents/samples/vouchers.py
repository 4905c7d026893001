"""Facts of the letters about a voucher, from the agreement to the reports."""

from __future__ import annotations

from typing import Any

from django.utils.translation import override

from vouchers.calls.models.terms.rates import RateMonth

from .applying import application_facts, call_facts
from .words import COMMENTS, COORDINATOR, COUNTRIES, FINDINGS, MILESTONES, STEPS


def agreement_facts(language: str) -> dict[str, Any]:
    with override(language):
        rate_rule = str(RateMonth.INVOICE.label)
    return {
        **voucher_facts(language),
        "date": "2026-05-25",
        "accepted_by": "Nadine Khoury",
        "accepted_at": "2026-05-25T07:31:00+00:00",
        "signed_name": "Dr. Nadine Khoury",
        "signed_function": {"en": "Director", "fr": "Directrice", "ar": "المديرة"}[language],
        "countersigned": True,
        "countersigned_name": "Paula Ferrer i Puig",
        "countersigned_function": COORDINATOR[language],
        "countersigned_by": "Paula Ferrer",
        "countersigned_at": "2026-11-16T08:12:44+00:00",
        "way": "provider",
        "advance_share": "",
        "rate_rule": rate_rule,
        "annexes": ["SUV-2026-LB-0001", *MILESTONES[language][:1]],
    }


def voucher_facts(language: str) -> dict[str, Any]:
    return {
        **application_facts(language),
        "amount": "5000.00",
        "valid_from": "2026-06-01",
        "valid_until": "2026-12-31",
    }


def needs_facts(language: str) -> dict[str, Any]:
    return {
        **voucher_facts(language),
        "version": 2,
        "date": "2026-06-08",
        "correction_reason": COMMENTS[language][1],
        "meetings": [
            {
                "title": "First meeting",
                "date": "2026-06-04",
                "place": "Berytech Digital Park, Beirut",
                "participants": [
                    {"name": "Nadine Khoury", "organisation": "QOOT"},
                    {"name": "ريما عون", "organisation": ""},
                ],
            }
        ],
        "themes": [
            {
                "name": MILESTONES[language][0],
                "needs": [
                    {
                        "what": FINDINGS[language],
                        "priority": "high",
                        "priority_name": MILESTONES[language][1],
                        "evidence": COMMENTS[language][0],
                        "existing": "",
                    }
                ],
            }
        ],
        "decisions": COMMENTS[language][2],
        "cluster_confirmed_by": "Nadine Khoury",
        "cluster_confirmed_on": "2026-06-08",
        "partner_confirmed_by": "ريما عون",
        "partner_confirmed_on": "2026-06-07",
    }


def plan_facts(language: str) -> dict[str, Any]:
    return {
        **voucher_facts(language),
        "date": "2026-06-12",
        "version": 2,
        "amendment": "budget",
        "amendment_reason": COMMENTS[language][0],
        "objective": COMMENTS[language][2],
        "provider": "Cedar Consulting s.a.r.l.",
        "objectives": [FINDINGS[language]],
        "activities": list(MILESTONES[language]),
        "lines": [
            {
                "kind": "days",
                "text": STEPS[language][0],
                "milestone": 1,
                "days": "2.00",
                "rate": "450.00",
                "amount": "900.00",
            },
            {
                "kind": "travel",
                "text": MILESTONES[language][1],
                "milestone": 2,
                "days": "",
                "rate": "",
                "amount": "2600.00",
            },
        ],
        "results": [
            {
                "code": "MEMB",
                "name": MILESTONES[language][0],
                "unit": "",
                "baseline": "0.00",
                "target": "12.00",
                "due_on": "2026-12-31",
            }
        ],
        "coordinator": "Salma Idrissi",
        "milestones": [
            {
                "title": title,
                "due_on": due,
                "days": days,
                "amount": amount,
                "who": "Karim Haddad",
                "deliverables": [title],
            }
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


def claim_facts(language: str) -> dict[str, Any]:
    return {
        **voucher_facts(language),
        "invoice_number": "2026/117",
        "milestone": MILESTONES[language][1],
        "lines": [
            {
                "invoice_number": "2026/117",
                "invoice_date": "2026-10-02",
                "milestone": MILESTONES[language][1],
                "currency": "LBP",
                "declared": "241500000.00",
                "rate": "9.6617E+4",
                "rate_month": "2026-10",
                "amount": "2499.56",
            }
        ],
        "claimed": "2499.56",
        "payable": "2299.56",
        "deducted": "120.00",
        "parked": "80.00",
    }


def completion_facts(language: str) -> dict[str, Any]:
    return {
        **voucher_facts(language),
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


def programme_facts(language: str) -> dict[str, Any]:
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
        "call": call_facts(language),
        "date": "2027-06-30",
        "purpose": FINDINGS[language],
        "voucher_amount": "5000.00",
        "budget": "10000.00",
        "vouchers": 1,
        "members_reached": 41,
        "women_reached": 17,
        "figures": {
            "applications": 8,
            "eligible": 6,
            "awards": 1,
            "vouchers": 1,
            "worth": "5000.00",
            "budget": "10000.00",
            "paid": "4899.56",
            "members": 41,
            "women": 17,
        },
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


def final_report_facts(language: str) -> dict[str, Any]:
    return {
        **voucher_facts(language),
        "date": "2026-12-18",
        "version": 2,
        "plan_version": 2,
        "provider": "Cedar Consulting s.a.r.l.",
        "summary": COMMENTS[language][2],
        "story": COMMENTS[language][0],
        "results": FINDINGS[language],
        "lessons": COMMENTS[language][1],
        "members_reached": 1240,
        "women_reached": 12,
        "satisfaction": 4,
        "provider_words": STEPS[language][0],
        "indicators": [
            {
                "code": "MEMB",
                "name": MILESTONES[language][0],
                "unit": "",
                "baseline": "0.00",
                "target": "12.00",
                "value": "9.50",
                "percent": "79",
                "due_on": "2026-12-31",
                "note": STEPS[language][0],
                "evidence": FINDINGS[language],
                "file": "قائمة-2026.pdf",
            },
            {
                "code": "",
                "name": MILESTONES[language][1],
                "unit": "EUR",
                "baseline": "3.00",
                "target": "3.00",
                "value": "4.00",
                "percent": "",
                "due_on": "2026-11-30",
                "note": "",
                "evidence": STEPS[language][0],
                "file": "",
            },
        ],
        "pictures": [{"caption": MILESTONES[language][1], "credit": "Rana Khoury, CC BY 4.0"}],
        "submitted_by": "Nadine Khoury",
        "partner_accepted_by": "Rima Aoun",
        "accepted_by": "Salma Idrissi",
    }
