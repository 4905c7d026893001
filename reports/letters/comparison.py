"""What the report of a call says of earlier ones: each as it stood on the same day of its life."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reports.queries.comparison import STEPS, lives_of
from reports.queries.comparison_in_all import calls_that_opened, compared_in_all, newest_entries
from vouchers.calls.models import Call


def comparison_facts(call: Call, entries: int) -> dict[str, Any]:
    """The call and those that opened before it, with what each had come to by its day (EUR as text).

    Empty where it has not opened, or is the first. `books` are the entries up to which the books of each
    were read: of the call itself `entries`, which the rest of its report states; three queries.
    """
    lives = lives_of(calls_that_opened(), call)
    if len(lives) < 2:
        return {}
    upto = newest_entries([life.call for life in lives]) | {call.pk: entries}
    found = compared_in_all(lives, upto)
    return {
        "age": (lives[0].day - lives[0].opened).days,
        "calls": [
            {
                "call": str(life.call),
                "reference": life.call.reference,
                "opened": life.opened.isoformat(),
                "day": life.day.isoformat(),
                "books": upto[life.call.pk],
            }
            for life in lives
        ],
        "steps": [
            {
                "step": step.name,
                "heading": str(step.heading),
                "question": str(step.question),
                "is_money": step.is_money,
                "values": [
                    _plain(found[step.name].get(life.call.pk, 0), is_money=step.is_money)
                    for life in lives
                ],
            }
            for step in STEPS
        ],
    }


def _plain(value: Any, *, is_money: bool) -> Any:
    """A number as it is; money as text with its cents."""
    return f"{Decimal(value):.2f}" if is_money else value
