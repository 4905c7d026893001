"""The plan of a voucher as its people typed it, and what an amendment changed in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

from vouchers.assistance.plans.models import Part

from .parts import StepWords, VoucherWords

Rows = dict[int, list[dict[str, str]]]
# The amendments change the second milestone; what it costs are the lines from this place on.
AMENDED = 1


def worth_of(step: StepWords, *, days: str = "", rest: Sequence[str] = ()) -> Decimal:
    """What a milestone costs (EUR): its days, and its other lines; both may be others than planned."""
    amounts = rest or [amount for _kind, _text, amount in step.rest]
    return Decimal(days or step.days) * Decimal(step.rate) + sum(map(Decimal, amounts))


def worth_at_last(words: VoucherWords) -> tuple[Decimal, Decimal]:
    """What both milestones cost (EUR) once the amendment was in force."""
    first, second = words.steps
    amended = words.amendment
    return worth_of(first), worth_of(second, days=amended.days, rest=amended.rest)


def plan_rows(
    words: VoucherWords, *, provider: int, due: Sequence[date], needs: Mapping[str, str]
) -> Rows:
    """The parts of the plan as they are typed; `needs` has the key of the need of each theme."""
    key = _keys_of(words)
    return {
        Part.FRAME: [{"aim": words.aim, "provider": str(provider)}],
        Part.OBJECTIVES: [
            {
                "key": key(f"objective-{place}"),
                "text": one.text,
                "needs": ",".join(needs[theme] for theme in one.themes),
            }
            for place, one in enumerate(words.objectives)
        ],
        Part.ACTIVITIES: [
            {
                "key": key(f"activity-{place}-{number}"),
                "title": title,
                "objective": key(f"objective-{place}"),
            }
            for place, one in enumerate(words.objectives)
            for number, title in enumerate(one.activities)
        ],
        Part.MILESTONES: [
            {
                "key": key(f"milestone-{place}"),
                "title": step.title,
                "due_on": due[place].isoformat(),
                "days": step.days,
                "who": step.who,
            }
            for place, step in enumerate(words.steps)
        ],
        Part.DELIVERABLES: [
            {
                "key": key(f"deliverable-{place}"),
                "title": step.deliverable,
                "milestone": key(f"milestone-{place}"),
            }
            for place, step in enumerate(words.steps)
        ],
        Part.LINES: [row for place in range(len(words.steps)) for row in _lines(words, place)],
        Part.RESULTS: [
            {
                "key": key(f"result-{place}"),
                "code": aim.code,
                "name": aim.name,
                "unit": aim.unit,
                "baseline": aim.baseline,
                "target": aim.target,
                "due_on": due[-1].isoformat(),
            }
            for place, aim in enumerate(words.aims)
        ],
    }


def with_days(rows: Rows, place: int, days: str) -> Rows:
    """Milestones and lines, with other days for the milestone at a place and the line that pays them."""
    milestones, lines = (
        [dict(row) for row in rows[part]] for part in (Part.MILESTONES, Part.LINES)
    )
    milestone = milestones[place]
    milestone["days"] = days
    for line in lines:
        if line["milestone"] == milestone["key"] and line["kind"] == "days":
            line["days"] = days
    return {Part.MILESTONES: milestones, Part.LINES: lines}


def amended(rows: Rows, words: VoucherWords) -> Rows:
    """Milestones and lines as the amendment wants them."""
    change = words.amendment
    changed = with_days(rows, AMENDED, change.days or words.steps[AMENDED].days)
    milestone = changed[Part.MILESTONES][AMENDED]
    if change.more_time:
        due = date.fromisoformat(milestone["due_on"]) + timedelta(days=change.more_time)
        milestone["due_on"] = due.isoformat()
    rest = [
        line
        for line in changed[Part.LINES]
        if line["milestone"] == milestone["key"] and line["kind"] != "days"
    ]
    for line, amount in zip(rest, change.rest, strict=False):
        line["amount"] = amount
    return changed


def _lines(words: VoucherWords, place: int) -> list[dict[str, str]]:
    key, step = _keys_of(words), words.steps[place]
    typed = [
        {"kind": "days", "text": words.expert, "days": step.days, "rate": step.rate, "amount": ""}
    ]
    typed += [
        {"kind": kind, "text": text, "days": "", "rate": "", "amount": amount}
        for kind, text, amount in step.rest
    ]
    milestone = key(f"milestone-{place}")
    return [
        {"key": key(f"line-{place}-{number}"), "milestone": milestone, **row}
        for number, row in enumerate(typed)
    ]


def _keys_of(words: VoucherWords) -> Callable[[str], str]:
    """Keys of rows by their names: for one plan the same in every run."""
    return lambda name: str(uuid5(NAMESPACE_URL, f"{words.aim}/{name}"))
