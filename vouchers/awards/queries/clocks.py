"""The clocks of a decision: who must be told by when, and until when a review can be asked for.

Winners are told within 15 days of the decision, the others within 15 days after that, and the result
is within 6 months of the deadline (PRAG 6.5.10.1). A review is asked for within so many working
days of the publication as the call says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from conduct.queries.days import day_of, end_of
from vouchers.awards.models import Decision, SelectionRound
from vouchers.awards.rules.calendar import months_after, working_days_after

DAYS_TO_TELL = 15
MONTHS_TO_RESULT = 6


@dataclass(frozen=True)
class Deadline:
    """One thing that must have happened by an instant: when it did, and whose turn it is."""

    label: str
    due: datetime
    done: datetime | None
    whose: str

    def is_late(self, now: datetime) -> bool:
        """Whether it happened too late, or is overdue."""
        return (self.done or now) > self.due


def clocks_of(selection_round: SelectionRound) -> list[Deadline]:
    """The clocks of a selection round, the first that runs out first."""
    call = selection_round.call
    told = selection_round.published_at
    proposed = selection_round.state == SelectionRound.State.PROPOSED
    whose = _("a second coordinator") if proposed else _("the coordination team")
    clocks = [
        Deadline(
            _("Result within %(months)s months of the deadline") % {"months": MONTHS_TO_RESULT},
            end_of(months_after(day_of(call.deadline), MONTHS_TO_RESULT)),
            told,
            whose,
        )
    ]
    if selection_round.decided_at and not proposed:
        decided = day_of(selection_round.decided_at)
        labels = (
            _("Selected clusters told within %(days)s days of the decision"),
            _("The others told within %(days)s days of the decision"),
        )
        clocks += [
            Deadline(
                label % {"days": DAYS_TO_TELL * number},
                end_of(decided + timedelta(days=DAYS_TO_TELL * number)),
                told,
                whose,
            )
            for number, label in enumerate(labels, start=1)
        ]
    return sorted(clocks, key=lambda clock: clock.due)


def review_until(decision: Decision) -> datetime | None:
    """The last instant (UTC) at which a review of a published decision can be asked for."""
    published = decision.selection_round.published_at
    if published is None:
        return None
    application = decision.application
    zone = application.country.zone
    last = working_days_after(day_of(published, zone), application.call.days_to_appeal)
    return end_of(last, zone)
