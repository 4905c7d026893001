"""The milestones of a plan as a Gantt chart: the same on the page and in the document."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from charts.layouts import Picture, Task, gantt
from documents.wording import day, month


def plan_gantt(
    steps: Sequence[tuple[str, date]],
    *,
    starts: date,
    today: date | None = None,
    accepted: Collection[str] = (),
) -> Picture | None:
    """A row for each milestone (title, day on which it is due); None where there is none.

    Each runs from the day after the one before it is due, the first from `starts`. Titles in
    `accepted` are drawn as done.
    """
    tasks, begins = [], starts
    for title, due in sorted(steps, key=lambda step: step[1]):
        begins = min(begins, due)
        done = title in accepted
        state = _("accepted") if done else _("planned")
        tasks.append(Task(title, begins, due, state, "dotted" if done else "hatched"))
        begins = due + timedelta(days=1)
    if not tasks:
        return None
    return gantt(
        "milestones",
        _("Milestones over time"),
        tasks,
        headings=(_("Milestone"), _("From"), _("Due on"), _("State")),
        write_day=day,
        write_month=lambda found: month(f"{found:%Y-%m}"),
        today=today,
    )
