"""The report of the programme: for each country its partner, its clusters, what each did."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from conduct.queries.days import today
from documents.kinds import DocumentKind, register
from reports.permissions import may_read_report
from reports.queries import CountryFigures, figures_by_country, supported_vouchers, totals
from vouchers.applications.letters import call_facts
from vouchers.assistance.reports.models import FinalReport
from vouchers.awards.models import Voucher
from vouchers.books.queries import head_facts
from vouchers.calls.models import Call

from .comparison import comparison_facts

PROGRAMME_REPORT = register(
    DocumentKind(
        slug="programme-report",
        title=_("Programme report"),
        template="letters/programme_report.html",
        passages_in="letters/_programme_report.html",
        words_are_facts=True,
        may_read=may_read_report,
    )
)


def programme_facts(call: Call) -> dict[str, Any]:
    """A call's results by country on the day of the report (programme time); amounts in EUR."""
    head = head_facts(call)
    told = [
        _voucher_facts(voucher)
        for voucher in supported_vouchers(call).prefetch_related("plan__milestones")
    ]
    sums = totals(call)
    countries = figures_by_country(call)
    return {
        "reference": call.reference,
        "call": call_facts(call),
        "date": today().isoformat(),
        "purpose": str(call.purpose),
        "voucher_amount": str(call.voucher_amount),
        "budget": str(call.budget),
        "vouchers": sums.vouchers,
        "amount": str(sums.amount),
        "paid": str(sums.paid),
        "members_reached": sums.members,
        "women_reached": sums.women,
        "ledger": head,
        "comparison": comparison_facts(call, head["entries"]),
        "countries": [
            {
                **_country_facts(figures),
                "clusters": [
                    fact for fact in told if fact["country_code"] == figures.quota.country_id
                ],
            }
            for figures in countries
        ],
        # What paragraphs may quote, by the name of its placeholder: never typed.
        "figures": {
            "applications": sum(figures.sent for figures in countries),
            "eligible": sum(figures.eligible for figures in countries),
            "awards": sum(figures.awarded for figures in countries),
            "vouchers": sums.vouchers,
            "worth": str(sums.amount),
            "budget": str(call.budget),
            "paid": str(sums.paid),
            "members": sums.members,
            "women": sums.women,
        },
    }


def _country_facts(figures: CountryFigures) -> dict[str, Any]:
    return {
        "country": str(figures.quota.country.name),
        "partner": figures.quota.country.partner.name,
        "quota": figures.quota.vouchers,
        "applications": figures.sent,
        "eligible": figures.eligible,
        "awarded": figures.awarded,
        "amount": str(figures.amount),
        "approved": str(figures.approved),
        "paid": str(figures.paid),
    }


def _voucher_facts(voucher: Voucher) -> dict[str, Any]:
    cluster = voucher.award.application.cluster
    return {
        "country_code": cluster.country_id,
        "cluster": cluster.name,
        "sector": cluster.sector,
        "established": cluster.established,
        "reference": voucher.reference,
        "state": str(voucher.get_state_display()),
        "amount": str(voucher.amount),
        "paid": str(voucher.paid),
        **_plan_facts(voucher),
        **_report_facts(voucher),
    }


def _plan_facts(voucher: Voucher) -> dict[str, Any]:
    plan = getattr(voucher, "plan", None)
    version = plan.in_force if plan is not None else None
    standing = [found for found in plan.milestones.all() if found.is_in_force] if plan else []
    if version is None:
        return {"objective": "", "provider": "", "days": "", "milestones": []}
    return {
        "objective": version.aim,
        "provider": version.provider.name if version.provider else "",
        "days": str(sum((milestone.days for milestone in standing), Decimal(0))),
        "milestones": [
            {"title": milestone.title, "amount": str(milestone.amount)} for milestone in standing
        ],
    }


def _report_facts(voucher: Voucher) -> dict[str, Any]:
    report = getattr(voucher, "final_report", None)
    is_accepted = report is not None and report.state == FinalReport.State.ACCEPTED
    version = report.version if report is not None and is_accepted else None
    if version is None:
        return {"summary": "", "results": "", "members_reached": 0, "women_reached": 0}
    return {
        "summary": version.summary,
        "results": version.results,
        "members_reached": version.members_reached,
        "women_reached": version.women_reached,
    }
