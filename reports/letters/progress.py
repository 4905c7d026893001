"""The progress report of a country for a period: how its vouchers do, why what is late is late."""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conduct.queries.days import day_of
from documents.kinds import DocumentKind, Manner, Told, register
from documents.wording import day
from reports.models import PeriodReport
from reports.permissions import may_read_period_report
from reports.queries.financial import vouchers_at
from reports.queries.progress import MilestoneProgress, VoucherProgress, progress_of
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.delivery.rules.hours import days_of
from vouchers.awards.models import Voucher
from vouchers.books.queries import head_facts
from vouchers.standing.models import Light, Standing, VoucherStage
from vouchers.standing.wording import reasons_in_words, whose_turn

from .financial import held_facts, period_facts, sums_facts

_HUNDREDTH = Decimal("0.01")

PROGRESS_REPORT = register(
    DocumentKind(
        slug="progress-report",
        title=gettext_lazy("Country progress report"),
        template="letters/progress_report.html",
        passages_in="letters/_progress_report.html",
        words_are_facts=True,
        may_read=may_read_period_report,
        told=(
            Told(gettext_lazy("Country"), "country", Manner.NAME),
            Told(gettext_lazy("From"), "first", Manner.DAY),
            Told(gettext_lazy("Until"), "last", Manner.DAY),
            Told(gettext_lazy("Vouchers"), "number", Manner.NUMBER),
        ),
    )
)


def progress_facts(report: PeriodReport) -> dict[str, Any]:
    """What the records say of the vouchers of a country until the end of a period.

    Stage, light and next step are those of the day of the report (`date`); amounts are EUR, days those
    of expertise, as text.
    """
    ledger = head_facts(report.call)
    money = vouchers_at(report, ledger["entries"])
    by_reference = {one.application.reference: one for one in money}
    found = progress_of(report)
    vouchers = [
        {
            **_voucher(one, report),
            "money": _money(by_reference.get(one.voucher.reference)),
        }
        for one in found
    ]
    sums = {
        "planned": _days(sum((one.planned for one in found), Decimal(0))),
        "used": _days(sum((one.used for one in found), Decimal(0))),
        "used_in_period": _days(
            sum((Decimal(one["used_in_period"]) for one in vouchers), Decimal(0))
        ),
        "sessions": sum(one["sessions"] for one in vouchers),
        "accepted": sum(len(one["accepted"]) for one in vouchers),
        "late": sum(len(one["late"]) for one in vouchers),
    }
    held = {**held_facts(money), **sums_facts(money)}
    return {
        **period_facts(report),
        "number": len(vouchers),
        "stages": _stages(found),
        **sums,
        "money": held,
        # What paragraphs may quote, by the name of its placeholder: never typed.
        "figures": {
            "first": report.first.isoformat(),
            "last": report.last.isoformat(),
            "vouchers": len(vouchers),
            **sums,
            "booked": held["bank"],
            "awarded": held["awarded"],
        },
        "vouchers": vouchers,
        "ledger": ledger,
    }


def _voucher(one: VoucherProgress, report: PeriodReport) -> dict[str, Any]:
    voucher = one.voucher
    standing = _standing(voucher)
    since = one.sessions_since(report.first)
    zone = voucher.country.zone
    accepted = [
        milestone
        for milestone in one.milestones
        if milestone.accepted_on and report.first <= milestone.accepted_on <= report.last
    ]
    plan = one.plan
    return {
        "reference": voucher.reference,
        "cluster": voucher.award.application.cluster.name,
        "state": str(voucher.get_state_display()),
        "stage": str(VoucherStage(standing.stage).label) if standing else "",
        "light": str(Light(standing.light).label) if standing else "",
        "reasons": reasons_in_words(standing) if standing else [],
        "next": whose_turn(standing) if standing else "",
        "days_in_stage": _waiting_days(standing),
        "valid_until": voucher.valid_until.isoformat(),
        "needs": str(one.needs.get_state_display()) if one.needs else "",
        "plan": plan.number if plan else 0,
        "plan_day": day_of(plan.in_force_at, zone).isoformat() if plan and plan.in_force_at else "",
        "provider": plan.provider.name if plan and plan.provider else "",
        "planned": _days(one.planned),
        "used": _days(one.used),
        "sessions": len(since),
        "used_in_period": _days(days_of(sum((found.hours for found in since), Decimal(0)))),
        "milestones": [_milestone(found, report) for found in one.milestones],
        "accepted": [_accepted(found) for found in accepted],
        "late": [
            _late(found, one, report) for found in one.milestones if found.days_late(report.last)
        ],
        "indicators": [
            {
                "name": found.name,
                "unit": found.unit,
                "baseline": str(found.baseline),
                "target": str(found.target),
                "value": str(found.value),
            }
            for found in one.indicators
        ],
    }


def _milestone(one: MilestoneProgress, report: PeriodReport) -> dict[str, Any]:
    return {
        "title": one.milestone.title,
        "due_on": one.milestone.due_on.isoformat(),
        "planned": _days(one.milestone.days),
        "used": _days(one.burned.used),
        "amount": str(one.milestone.amount),
        "stands": _stands(one),
        "days_late": one.days_late(report.last),
    }


def _stands(one: MilestoneProgress) -> str:
    """How far what is handed in for a milestone has come, in words."""
    if one.accepted_on is not None:
        return _("accepted on %(day)s") % {"day": day(one.accepted_on)}
    if one.newest is None:
        return _("nothing handed in yet")
    return str(one.newest.get_state_display())


def _accepted(one: MilestoneProgress) -> dict[str, Any]:
    accepted = one.accepted_on
    return {"title": one.milestone.title, "day": accepted.isoformat() if accepted else ""}


def _late(one: MilestoneProgress, voucher: VoucherProgress, report: PeriodReport) -> dict[str, Any]:
    return {
        "title": one.milestone.title,
        "due_on": one.milestone.due_on.isoformat(),
        "days": one.days_late(report.last),
        "why": _why(one, voucher, report),
    }


def _why(one: MilestoneProgress, voucher: VoucherProgress, report: PeriodReport) -> list[str]:
    """Why a milestone is late, as far as the records tell; what people wrote is theirs."""
    said = []
    newest, states = one.newest, Deliverable.State
    if newest is None:
        said.append(_("Nothing has been handed in."))
    elif newest.state == states.RETURNED:
        said.append(
            _("What was handed in was returned: %(reason)s") % {"reason": newest.return_reason}
        )
    elif newest.state == states.SUBMITTED:
        said.append(_("It is handed in, and waits for the cluster."))
    elif newest.state == states.CLUSTER_ACCEPTED:
        said.append(_("It is handed in, and waits for the country partner."))
    else:
        said.append(_stands(one))
    said += [
        _("The voucher rested from %(day)s: %(reason)s")
        % {"day": day(rest.since), "reason": rest.reason}
        for rest in voucher.voucher.suspensions.all()
        if rest.since <= report.last
    ]
    return said


def _stages(found: list[VoucherProgress]) -> list[dict[str, Any]]:
    """How many vouchers are in each stage, and for how long the longest has been waited for."""
    standings = [standing for one in found if (standing := _standing(one.voucher))]
    number = Counter(standing.stage for standing in standings)
    return [
        {
            "stage": str(stage.label),
            "number": number[stage],
            "days": max(_waiting_days(one) for one in standings if one.stage == stage),
        }
        for stage in VoucherStage
        if number[stage]
    ]


def _standing(voucher: Voucher) -> Standing | None:
    return getattr(voucher, "standing", None)


def _waiting_days(standing: Standing | None) -> int:
    """For how many days somebody has been waited for in the stage; 0 where nobody is."""
    if standing is None or standing.since is None:
        return 0
    return max(0, (standing.judged_for - standing.since).days)


def _money(held: Any) -> dict[str, str]:
    """Where the money of one voucher stands at the end of the period."""
    found = [held] if held else []
    return {**held_facts(found), **sums_facts(found)}


def _days(days: Decimal) -> str:
    """Days as text, to a hundredth like on the pages, without zeros at the end."""
    return format(days.quantize(_HUNDREDTH, ROUND_HALF_UP).normalize(), "f")
