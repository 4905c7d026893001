"""How long somebody has been waited for, and how long the call gives them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Clock:
    """Somebody is waited for `since` a day; the call gives `most` days for one turn."""

    since: date
    today: date
    most: int

    @property
    def days(self) -> int:
        """Whole days that have passed; never below zero."""
        return max((self.today - self.since).days, 0)

    @property
    def until(self) -> date:
        """The last day of the turn."""
        return self.since + timedelta(days=self.most)

    @property
    def is_late(self) -> bool:
        """Whether that day is over."""
        return self.today > self.until
