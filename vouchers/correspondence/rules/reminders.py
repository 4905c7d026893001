"""When somebody with a draft is reminded of the deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Reminder:
    """One reminder: how long before the deadline, and the kind of message."""

    before: timedelta
    kind: str

    @property
    def hours(self) -> int:
        return int(self.before.total_seconds() // 3600)


# The last two cannot wait for anybody's daily e-mail.
REMINDERS = [
    Reminder(timedelta(days=14), "deadline-coming"),
    Reminder(timedelta(days=7), "deadline-coming"),
    Reminder(timedelta(days=2), "deadline-coming"),
    Reminder(timedelta(hours=24), "deadline-near"),
    Reminder(timedelta(hours=3), "deadline-near"),
]


def reminder_at(deadline: datetime, now: datetime) -> Reminder | None:
    """The reminder whose time came last before `now`; None before the first and after the deadline.

    Whoever was away while several fell due is reminded once, not of each.
    """
    if now >= deadline:
        return None
    due = [reminder for reminder in REMINDERS if deadline - reminder.before <= now]
    return due[-1] if due else None
