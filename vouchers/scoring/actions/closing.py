"""Writes about the scoring of a call as a whole: its last instant, closing, opening again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from records.acting import OutOfOrder, Refused, TooLate, action
from records.states import judged, locked, move
from vouchers.applications.models import Application
from vouchers.calls.models import Call
from vouchers.scoring.models import Assessment, Assignment, Consensus, ScoringRound
from vouchers.scoring.permissions import may_close_scoring
from vouchers.scoring.queries import candidates_of

_AT_LEAST = timedelta(days=7)


@action(gettext_lazy("Last day of scoring set"))
def set_scoring_due(call: Call, due_at: datetime, *, reason: str, by: User) -> ScoringRound:
    """Set until when (UTC) assessors score; who has longer than that by a day of their own keeps it.

    Raises Refused for an instant that has passed, TooLate once the scoring is closed.
    """
    call = judged(call, may_close_scoring, by=by)
    if due_at <= timezone.now():
        raise Refused(_("The last day of scoring must lie ahead."))
    # Whoever scores holds the assignment before the round: so does this.
    concerned = Assignment.objects.filter(application__call=call)
    list(concerned.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))
    scoring_round = locked(open_round_of(call))
    Assignment.objects.filter(
        Q(due_at=scoring_round.due_at) | Q(due_at__lt=due_at), application__call=call
    ).update(due_at=due_at)
    scoring_round.due_at = due_at
    scoring_round.save()
    return scoring_round


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
    """Open a closed scoring again, while no selection of the call stands.

    Raises OutOfOrder while one does: its decisions rest on the scores.
    """
    # A proposal locks the call too: either it sees the scoring open, or this sees the proposal.
    call = judged(call, may_close_scoring, by=by)
    if not reason.strip():
        raise Refused(_("Say why the scoring is opened again."))
    if call.selection_rounds.exclude(state="returned").exists():
        raise OutOfOrder(_("A selection of this call is proposed or decided: scores stay closed."))
    scoring_round = locked(call.scoring_round)
    move(scoring_round, ScoringRound.State.OPEN)
    scoring_round.save()
    return scoring_round


def problems_before_closing(call: Call) -> list[str]:
    """What still keeps the scoring of a call from being closed, in sentences."""
    problems = []
    if not call.is_past_deadline:
        problems.append(_("The deadline of the call has not passed yet."))
    unchecked = call.applications.filter(state=Application.State.SUBMITTED).count()
    if unchecked:
        problems.append(
            _("Applications whose eligibility is not checked: %(number)s.") % {"number": unchecked}
        )
    unscored = _count_unscored(call)
    if unscored:
        problems.append(
            _("Applications that are not scored by enough assessors: %(number)s.")
            % {"number": unscored}
        )
    differing = Consensus.objects.filter(
        application__call=call,
        application__state=Application.State.ELIGIBLE,
        state=Consensus.State.ASKED,
    ).count()
    if differing:
        problems.append(
            _("Applications whose assessors still have to agree: %(number)s.")
            % {"number": differing}
        )
    return problems


def _count_unscored(call: Call) -> int:
    """How many applications have fewer assessments than their ranking takes.

    The database counts them as `ranked_by_country` would: ranking 10,000 takes seconds.
    """
    assessments = Count(
        "assignments__assessment__scores__assessment",
        filter=Q(
            assignments__state=Assignment.State.SCORED,
            assignments__assessment__state=Assessment.State.SUBMITTED,
        ),
        distinct=True,
    )
    ranked = call.quotas.filter(vouchers__gt=0).values("country")
    concerned = candidates_of(call).filter(country__in=ranked).order_by()
    return concerned.alias(n=assessments).filter(n__lt=call.assessors_required).count()


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
