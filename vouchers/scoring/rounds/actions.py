"""Beginning the scoring round of a call, and holding it open while somebody writes scores."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.actions import TooLate
from vouchers.calls.models import Call

from .models import ScoringRound

_AT_LEAST = timedelta(days=7)


def open_round_of(call: Call) -> ScoringRound:
    """The scoring round of a call, begun where it is new. Raises TooLate once it is closed.

    It is not closed before the transaction ends, see `require_round_open`.
    """
    require_round_open(call)
    scoring_round, _made = ScoringRound.objects.get_or_create(
        call=call, defaults={"due_at": _first_due(call)}
    )
    return scoring_round


def require_round_open(call: Call) -> None:
    """Raise TooLate once the scoring of the call is closed.

    The round is held, together with others who ask the same, until the transaction ends: whoever
    closes it waits for the scores that are being written, and whoever comes later finds it closed.
    Application and assignment are locked before it.
    """
    rounds = ScoringRound.objects.raw(
        "SELECT * FROM vouchers_scoringround WHERE call_id = %s FOR SHARE", [call.pk]
    )
    if any(held.state == ScoringRound.State.CLOSED for held in rounds):
        raise TooLate(_("The scoring of this call is closed."))


def _first_due(call: Call) -> datetime:
    """Half-way between the deadline and the day on which the decision is expected."""
    decision = datetime.combine(call.decision_due, call.deadline.timetz())
    return max(call.deadline + (decision - call.deadline) / 2, timezone.now() + _AT_LEAST)
