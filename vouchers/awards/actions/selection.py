"""Proposing who is selected, and sending a proposal back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    Refused,
    action,
    constraints_of,
    judged,
    locked,
    move,
    require,
    require_words,
)
from vouchers.applications.models import Application
from vouchers.awards.models import (
    Comment,
    Decision,
    DecisionScore,
    Feedback,
    Outcome,
    SelectionRound,
)
from vouchers.awards.permissions import may_decide_selection, may_propose_selection_of
from vouchers.awards.queries.feedback import gather_comments
from vouchers.awards.queries.selection import moved_vouchers
from vouchers.calls.models import Call, CountryQuota
from vouchers.scoring.ranking.queries import (
    CountryRanking,
    problems_before_closing,
    ranked_by_country,
)
from vouchers.scoring.rounds.models import ScoringRound
from vouchers.scoring.rules.ranking import Ranked

# So many decisions are written at once.
_BATCH = 1000


@dataclass(frozen=True)
class Choice:
    """What the proposer decides about one application, and why where it departs from the rank."""

    outcome: str
    departure_reason: str = ""


@action(gettext_lazy("Selection proposed"))
def propose_selection(
    call: Call,
    choices: Mapping[int, Choice],
    *,
    participants: str,
    by: User,
    remarks: str = "",
    votes: Mapping[str, str] | None = None,
) -> SelectionRound:
    """Propose the selection of a call, from its ranking.

    `choices` (by application id) hold only what departs from the ranking's suggestion or what a
    tie leaves open; the rest follows the ranking. `votes` (by country) tell how the committee voted
    on a tie. Raises NotAllowed for who is shut out of an application of the call, Refused while
    something is not decided or scored, when a departure has no reason or a tie no vote, or when a
    country's quota would be exceeded.
    """
    call = judged(
        call,
        may_propose_selection_of,
        by=by,
        otherwise=_("Who has a conflict of interest in a call takes no part in its selection."),
    )
    for problem in problems_before_selection(call):
        raise Refused(problem)
    with constraints_of(SelectionRound):
        selection_round = SelectionRound.objects.create(
            call=call, participants=participants, remarks=remarks, proposed_by=by
        )
    given = {}
    for ranking in ranked_by_country(call):
        vote = (votes or {}).get(ranking.quota.country_id, "").strip()
        given[ranking.quota] = _propose_country(selection_round, ranking, choices, vote)
    moved = moved_vouchers(call, given)
    for quota, outcomes in given.items():
        _require_within_quota(quota, outcomes, moved[quota])
    return selection_round


def problems_before_selection(call: Call) -> list[str]:
    """What still keeps a call from being decided, in sentences."""
    if call.state != Call.State.OPEN:
        return [_("The call is not open, or is decided already.")]
    problems = problems_before_closing(call)
    closed = ScoringRound.objects.filter(call=call, state=ScoringRound.State.CLOSED).exists()
    return problems or ([] if closed else [_("The scoring of the call is not closed yet.")])


@action(gettext_lazy("Selection returned"))
def return_selection(selection_round: SelectionRound, *, reason: str, by: User) -> SelectionRound:
    """Send a proposal back; another can then be made."""
    selection_round = locked(selection_round)
    require_second_person(selection_round, by)
    require_words(reason, _("Say why you send the proposal back."))
    move(selection_round, SelectionRound.State.RETURNED)
    selection_round.decided_by, selection_round.decided_at = by, timezone.now()
    selection_round.return_reason = reason
    selection_round.save()
    return selection_round


def require_second_person(selection_round: SelectionRound, by: User) -> None:
    """Raise NotAllowed for the proposer, and for who is shut out of an application of the call."""
    require(
        may_decide_selection,
        by,
        selection_round,
        otherwise=_("A second coordinator must decide on a proposal."),
    )


def _propose_country(
    selection_round: SelectionRound,
    ranking: CountryRanking,
    choices: Mapping[int, Choice],
    vote: str,
) -> Counter[str]:
    """Record the decisions of one country; how many there are of each outcome."""
    outcomes: Counter[str] = Counter()
    decided = []
    for ranked, application in ranking.places:
        choice = choices.get(application.pk, Choice(ranked.suggested))
        _require_reasons(ranking, ranked, application, choice, vote)
        outcomes[choice.outcome] += 1
        decided.append((ranked, _decision(selection_round, application, ranked, choice, vote)))
    for start in range(0, len(decided), _BATCH):
        _record_decisions(decided[start : start + _BATCH])
    return outcomes


def _require_reasons(
    ranking: CountryRanking, ranked: Ranked, application: Application, choice: Choice, vote: str
) -> None:
    if ranked.tied and not vote:
        raise Refused(
            _("Applications of %(country)s are tied: record how the committee voted.")
            % {"country": ranking.quota.country}
        )
    departs = choice.outcome != ranked.suggested and not ranked.tied
    if departs and not choice.departure_reason.strip():
        raise Refused(
            _("Say why the decision on %(cluster)s departs from the ranking.")
            % {"cluster": application.cluster}
        )


def _require_within_quota(quota: CountryQuota, outcomes: Counter[str], moved: int) -> None:
    if outcomes[Outcome.AWARD] > quota.vouchers + moved:
        raise Refused(
            _("%(country)s has %(quota)s vouchers: you propose %(number)s awards.")
            % {
                "country": quota.country,
                "quota": quota.vouchers + max(moved, 0),
                "number": outcomes[Outcome.AWARD],
            }
        )


def _decision(
    selection_round: SelectionRound,
    application: Application,
    ranked: Ranked,
    choice: Choice,
    vote: str,
) -> Decision:
    return Decision(
        selection_round=selection_round,
        application=application,
        rank=ranked.rank,
        total=ranked.total,
        suggested=ranked.suggested,
        outcome=choice.outcome,
        departure_reason=choice.departure_reason,
        tied=ranked.tied,
        vote=vote if ranked.tied else "",
    )


def _record_decisions(decided: Sequence[tuple[Ranked, Decision]]) -> None:
    """Write decisions with their scores and what their clusters read: few queries for many."""
    decisions = Decision.objects.bulk_create([decision for _ranked, decision in decided])
    DecisionScore.objects.bulk_create(
        DecisionScore(
            decision=decision,
            criterion_id=result.criterion,
            mean=result.mean,
            points=result.points,
        )
        for ranked, decision in decided
        for result in ranked.criteria
    )
    Feedback.objects.bulk_create(Feedback(decision=decision) for decision in decisions)
    Comment.objects.bulk_create(gather_comments(decisions))
