"""The clock of a receipt: when its payee is reminded, and from when on finance asks them by itself."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

# With which mail the link goes, in the order in which they go.
FIRST, REMINDER, SECOND_REMINDER = "first", "reminder", "second"
# So many days after the payee was asked first.
DAYS_AFTER = {REMINDER: 7, SECOND_REMINDER: 14}
# For which nobody has an answer by then, finance rings up.
DAYS_UNTIL_LATE = 21


def next_mail(asked_on: date, today: date, sent: Collection[str]) -> str | None:
    """Which reminder is due on a day of a receipt nobody answered; None for none.

    Of two that are due the later one goes, once.
    """
    due = [mail for mail, days in DAYS_AFTER.items() if today >= asked_on + timedelta(days=days)]
    return due[-1] if due and due[-1] not in sent else None
