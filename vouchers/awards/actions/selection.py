"""Proposing who is selected, and sending a proposal back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.models import Cluster
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
from vouchers.awards.models import (
    Comment,
    Decision,
    DecisionScore,
    Feedback,
    Outcome,
    SelectionRound,
)
from vouchers.awards.permissions import may_decide_selection, may_propose_selection_of
from vouchers.awards.queries.feedback import NamesToKeepBack, gather_comments
from vouchers.awards.queries.selection import moved_vouchers
from vouchers.calls.models import Call, CountryQuota
from vouchers.scoring.ranking.queries import (
    CountryPlaces,
    places_by_country,
    problems_before_closing,
)
from vouchers.scoring.rounds.models import ScoringRound
from vouchers.scoring.rules.ranking import Ranked

# So many decisions are written at once.
_BATCH = 500


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
    tell: Callable[[int, int], None] = lambda _done, _total: None,
) -> SelectionRound:
    """Propose the selection of a call, from its ranking.

    `choices` (by application id) hold only what departs from the ranking's suggestion or what a
    tie leaves open; the rest follows the ranking. `votes` (by country) tell how the committee voted
    on a tie. `tell` hears how many decisions are written, of how many. Raises NotAllowed for who is
    shut out of an application of the call, Refused while something is not decided or scored, when a
    departure has no reason or a tie no vote, or when a country's quota would be exceeded.
    """
    call = judged_for_selection(call, by=by)
    with constraints_of(SelectionRound):
        selection_round = SelectionRound.objects.create(
            call=call, participants=participants, remarks=remarks, proposed_by=by
        )
    given, decided = {}, []
    for ranking in places_by_country(call):
        vote = (votes or {}).get(ranking.quota.country_id, "").strip()
        own = _decided_in(selection_round, ranking, choices, vote)
        given[ranking.quota] = Counter(decision.outcome for _ranked, decision in own)
        decided += own
    moved = moved_vouchers(call, given)
    for quota, outcomes in given.items():
        _require_within_quota(quota, outcomes, moved[quota])
    _record_decisions(call, decided, tell)
    return selection_round


def judged_for_selection(call: Call, *, by: User) -> Call:
    """The call, locked, of which somebody may propose the selection now.

    Raises NotAllowed for who is shut out of an application of the call, Refused while something
    keeps it from being decided.
    """
    call = judged(
        call,
        may_propose_selection_of,
        by=by,
        otherwise=_("Who has a conflict of interest in a call takes no part in its selection."),
    )
    for problem in problems_before_selection(call):
        raise Refused(problem)
    return call


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


def _decided_in(
    selection_round: SelectionRound,
    ranking: CountryPlaces,
    choices: Mapping[int, Choice],
    vote: str,
) -> list[tuple[Ranked, Decision]]:
    """The decisions of one country, not saved yet, each with the place that it rests on."""
    decided = []
    for ranked in ranking.places:
        choice = choices.get(ranked.application, Choice(ranked.suggested))
        _require_reasons(ranking, ranked, choice, vote)
        decided.append((ranked, _decision(selection_round, ranked, choice, vote)))
    return decided


def _require_reasons(ranking: CountryPlaces, ranked: Ranked, choice: Choice, vote: str) -> None:
    if ranked.tied and not vote:
        raise Refused(
            _("Applications of %(country)s are tied: record how the committee voted.")
            % {"country": ranking.quota.country}
        )
    departs = choice.outcome != ranked.suggested and not ranked.tied
    if departs and not choice.departure_reason.strip():
        raise Refused(
            _("Say why the decision on %(cluster)s departs from the ranking.")
            % {"cluster": Cluster.objects.get(applications=ranked.application)}
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
    selection_round: SelectionRound, ranked: Ranked, choice: Choice, vote: str
) -> Decision:
    return Decision(
        selection_round=selection_round,
        application_id=ranked.application,
        rank=ranked.rank,
        total=ranked.total,
        suggested=ranked.suggested,
        outcome=choice.outcome,
        departure_reason=choice.departure_reason,
        tied=ranked.tied,
        vote=vote if ranked.tied else "",
    )


def _record_decisions(
    call: Call, decided: Sequence[tuple[Ranked, Decision]], tell: Callable[[int, int], None]
) -> None:
    """Write decisions with their scores and what their clusters read: few queries for many."""
    names = NamesToKeepBack(call.pk)
    for start in range(0, len(decided), _BATCH):
        tell(start, len(decided))
        batch = decided[start : start + _BATCH]
        decisions = Decision.objects.bulk_create([decision for _ranked, decision in batch])
        DecisionScore.objects.bulk_create(
            DecisionScore(
                decision=decision,
                criterion_id=result.criterion,
                mean=result.mean,
                points=result.points,
            )
            for ranked, decision in batch
            for result in ranked.criteria
        )
        Feedback.objects.bulk_create(Feedback(decision=decision) for decision in decisions)
        Comment.objects.bulk_create(gather_comments(decisions, names))
