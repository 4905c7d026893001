"""The plan of a voucher: sent, sometimes returned at a line, approved, and amended half-way."""

from __future__ import annotations

from conduct.queries.days import day_of
from demonstration.content.six.plans import amended, plan_rows, with_days, worth_at_last
from drafts.actions import RemarkInput
from vouchers.assistance.plans import actions
from vouchers.assistance.plans.models import Part, Plan, PlanVersion
from vouchers.assistance.plans.queries import (
    drafted_rows,
    needs_of,
    newest_version,
    plan_of,
    raw_rows,
)

from .telling import Telling

# On these days of the voucher its milestones are due.
DUE = (95, 175)


def plan(telling: Telling) -> None:
    """The cluster writes its plan; where the partner returned it, it is mended and sent again."""
    words, officer, manager = telling.words, telling.officer, telling.manager
    zone = telling.voucher.country.zone
    with telling.day(12):
        themes = {need.what: need.theme for need in words.needs}
        rows = plan_rows(
            words,
            provider=telling.providers[words.provider].pk,
            due=[day_of(telling.instant(day), zone) for day in DUE],
            needs={themes[need.text]: need.key for need in needs_of(telling.voucher)},
        )
        draft = actions.begin_plan(telling.voucher, by=manager)
        if words.returned_plan:
            rows |= with_days(rows, 0, words.returned_plan[2])
        actions.save_parts(draft, rows, seen={}, by=manager)
    with telling.day(15):
        sent = actions.submit_version(_newest(telling), by=manager)
    if words.returned_plan:
        remark, reason, _days = words.returned_plan
        key = raw_rows(sent)[Part.LINES][0]["key"]
        with telling.day(18):
            actions.return_version(
                sent, reason=reason, remarks=[RemarkInput(Part.LINES, remark, key)], by=officer
            )
        with telling.day(21):
            draft = _newest(telling)
            _save(telling, draft, with_days(raw_rows(draft), 0, words.steps[0].days))
            actions.submit_version(draft, by=manager)
    with telling.day(25):
        actions.approve_for_partner(_newest(telling), by=officer)
    telling.story.shares = worth_at_last(words)


def amend(telling: Telling) -> None:
    """With the first milestone paid, the cluster amends what is left of the plan."""
    change = telling.words.amendment
    with telling.day(116):
        draft = actions.amend_plan(
            _plan(telling), kind=change.kind, reason=change.reason, by=telling.manager
        )
        _save(telling, draft, amended(raw_rows(draft), telling.words))
        sent = actions.submit_version(draft, by=telling.manager)
    with telling.day(120):
        actions.approve_for_partner(sent, by=telling.officer)


def _save(telling: Telling, draft: PlanVersion, rows: dict[int, list[dict[str, str]]]) -> None:
    seen = {part: drafted.seen_as for part, drafted in drafted_rows(draft).items()}
    actions.save_parts(draft, rows, seen=seen, by=telling.manager)


def _plan(telling: Telling) -> Plan:
    found = plan_of(telling.voucher)
    if found is None:
        raise ValueError(f"{telling.voucher} has no plan.")
    return found


def _newest(telling: Telling) -> PlanVersion:
    version = newest_version(_plan(telling))
    if version is None:
        raise ValueError(f"{telling.voucher} has no version of a plan.")
    return version
