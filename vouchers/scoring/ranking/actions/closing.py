"""Writes about the scoring of a call as a whole: closing it, opening it again."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, Refused, action, judged, locked, move, require_words
from vouchers.calls.models import Call
from vouchers.scoring.ranking.queries.closing import problems_before_closing
from vouchers.scoring.rounds.actions import open_round_of
from vouchers.scoring.rounds.models import ScoringRound
from vouchers.scoring.rounds.permissions import may_close_scoring


@action(gettext_lazy("Scoring closed"))
def close_scoring(call: Call, *, by: User) -> ScoringRound:
    """Close the scoring of a call: no score changes any more, and the selection can be proposed.

    Raises Refused while an application is not scored as the call asks.
    """
    call = judged(call, may_close_scoring, by=by)
    scoring_round = locked(open_round_of(call))
    for problem in problems_before_closing(call):
        raise Refused(problem)
    move(scoring_round, ScoringRound.State.CLOSED)
    scoring_round.closed_by, scoring_round.closed_at = by, timezone.now()
    scoring_round.save()
    return scoring_round


@action(gettext_lazy("Scoring opened again"))
def reopen_scoring(call: Call, *, reason: str, by: User) -> ScoringRound:
    """Open a closed scoring again, while no selection of the call is proposed or decided.

    Raises OutOfOrder while one does: its decisions rest on the scores.
    """
    # A proposal locks the call too: either it sees the scoring open, or this sees the proposal.
    call = judged(call, may_close_scoring, by=by)
    require_words(reason, _("Say why the scoring is opened again."))
    if call.selection_rounds.exclude(state="returned").exists():
        raise OutOfOrder(_("A selection of this call is proposed or decided: scores stay closed."))
    scoring_round = locked(call.scoring_round)
    move(scoring_round, ScoringRound.State.OPEN)
    scoring_round.save()
    return scoring_round
