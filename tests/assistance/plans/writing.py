"""Plans for tests: the rows of the demonstration, changed where a test wants them otherwise."""

from __future__ import annotations

from datetime import timedelta

from tests.making import today_there
from vouchers.assistance.plans import actions
from vouchers.assistance.plans.models import PlanVersion
from vouchers.assistance.plans.queries import newest_version, plan_of, raw_rows

LINES, MILESTONES, DELIVERABLES, RESULTS = 6, 4, 5, 7


def newest(told) -> PlanVersion:
    return newest_version(plan_of(told.voucher))


def rows(told) -> dict[int, list[dict[str, str]]]:
    """What the newest version says, as it is typed."""
    return raw_rows(newest(told))


def changed(told, part, place, **cells):
    """Save one row of the newest draft with other cells."""
    draft = newest(told)
    typed = raw_rows(draft)[part]
    typed[place] = {**typed[place], **cells}
    save(told, {part: typed})
    return newest(told)


def save(told, typed, by=None):
    draft = newest(told)
    seen = {drafted.part: drafted.seen_as for drafted in draft.drafted.all()}
    return actions.save_parts(draft, typed, seen=seen, by=by or told.manager)


def in_days(days):
    return (today_there() + timedelta(days=days)).isoformat()


def amended(told, kind="budget", reason="The training grew."):
    """A draft that amends the plan in force."""
    return actions.amend_plan(plan_of(told.voucher), kind=kind, reason=reason, by=told.manager)


def put_in_force(told):
    """Send the newest draft and let the partner approve it."""
    sent = actions.submit_version(newest(told), by=told.manager)
    return actions.approve_for_partner(sent, by=told.officer)


def without_second_milestone(told):
    typed = rows(told)
    gone = typed[MILESTONES].pop(1)["key"]
    for part in (DELIVERABLES, LINES):
        typed[part] = [row for row in typed[part] if row["milestone"] != gone]
    save(told, typed)
