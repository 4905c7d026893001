"""Every write about selection, awards and vouchers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.queries import officers_for, writers_for
from documents.actions import issue_in_every_language
from documents.kinds import DocumentKind
from notices.actions import notify
from records.acting import OutOfOrder, Refused, TooLate, action, constraints_of, require
from records.states import locked, move, require_state
from vouchers.applications.letters import application_facts
from vouchers.applications.models import Application
from vouchers.calls.models import Call, CountryQuota
from vouchers.scoring.actions import problems_before_closing
from vouchers.scoring.models import ScoringRound
from vouchers.scoring.queries import CountryRanking, ranked_by_country
from vouchers.scoring.ranking import Ranked

from .letters import (
    AGREEMENT,
    AWARD_LETTER,
    MINUTES,
    REFUSAL_LETTER,
    RESERVE_LETTER,
    agreement_facts,
    award_facts,
    decision_facts,
    minutes_facts,
)
from .models import Award, Decision, DecisionScore, Outcome, SelectionRound, Voucher
from .permissions import may_answer_award, may_decide_selection, may_propose_selection

_STATE_AFTER = {
    Outcome.AWARD: Application.State.SELECTED,
    Outcome.RESERVE: Application.State.RESERVE,
    Outcome.REFUSE: Application.State.REFUSED,
}


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
) -> SelectionRound:
    """Propose the selection of a call, from its ranking.

    `choices` (by application id) hold only what departs from the ranking's suggestion or what a
    tie leaves open; the rest follows the ranking. Raises Refused while something is not decided
    or scored, when a departure has no reason, or when a country's quota would be exceeded.
    """
    require(may_propose_selection, by)
    call = locked(call)
    for problem in problems_before_selection(call):
        raise Refused(problem)
    with constraints_of(SelectionRound):
        selection_round = SelectionRound.objects.create(
            call=call, participants=participants, remarks=remarks, proposed_by=by
        )
    for ranking in ranked_by_country(call):
        _propose_country(selection_round, ranking, choices)
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
    _require_second_person(selection_round, by)
    if not reason.strip():
        raise Refused(_("Say why you send the proposal back."))
    selection_round = locked(selection_round)
    move(selection_round, SelectionRound.State.RETURNED)
    selection_round.decided_by, selection_round.decided_at = by, timezone.now()
    selection_round.return_reason = reason
    selection_round.save()
    return selection_round


@action(gettext_lazy("Selection approved"))
def approve_selection(selection_round: SelectionRound, *, by: User) -> SelectionRound:
    """Approve a proposal: awards are offered, every applicant is told, minutes are written.

    Raises NotAllowed for the proposer (four eyes), OutOfOrder when the ranking has changed since
    the proposal, Refused when quota or budget would be exceeded.
    """
    _require_second_person(selection_round, by)
    call = locked(selection_round.call)
    selection_round = locked(selection_round)
    require_state(selection_round, SelectionRound.State.PROPOSED)
    _require_same_ranking(selection_round, call)
    move(selection_round, SelectionRound.State.APPROVED)
    selection_round.decided_by, selection_round.decided_at = by, timezone.now()
    selection_round.save()
    move(call, Call.State.DECIDED)
    call.save(update_fields=["state"])
    for decision in selection_round.decisions.select_related("application__call"):
        _carry_out(decision, by=by)
    issue_in_every_language(
        MINUTES,
        selection_round,
        lambda: minutes_facts(selection_round),
        by=by,
        reference=call.reference,
    )
    return selection_round


@action(gettext_lazy("Award accepted"))
def accept_award(award: Award, *, by: User) -> Voucher:
    """The cluster accepts: its voucher is issued and the agreement written.

    Raises TooLate after the last day for accepting (in the cluster's own time zone).
    """
    award = _open_offer(award, by)
    if _today_there(award.application) > award.accept_by:
        raise TooLate(_("The last day for accepting this award has passed."))
    call = award.application.call
    move(award, Award.State.ACCEPTED)
    award.answered_by, award.answered_at = by, timezone.now()
    award.save()
    voucher = Voucher.objects.create(
        award=award,
        amount=award.amount,
        valid_from=call.assistance_starts,
        valid_until=call.assistance_ends,
    )
    letters = issue_in_every_language(
        AGREEMENT,
        voucher,
        lambda: agreement_facts(voucher),
        by=by,
        reference=voucher.reference,
    )
    application = award.application
    facts = application_facts(application)
    for person in writers_for(application.cluster):
        notify(
            person,
            "voucher-issued",
            facts={**facts, "amount": str(voucher.amount)},
            about=voucher,
            documents=[letters[application.language]],
        )
    for officer in officers_for(application.country_id):
        notify(officer, "award-accepted", facts=facts, about=voucher)
    return voucher


@action(gettext_lazy("Award declined"))
def decline_award(award: Award, *, reason: str, by: User) -> Award:
    """The cluster declines: quota and budget are free again."""
    award = _open_offer(award, by)
    move(award, Award.State.DECLINED)
    award.answered_by, award.answered_at = by, timezone.now()
    award.decline_reason = reason
    award.save()
    for officer in officers_for(award.application.country_id):
        notify(
            officer,
            "award-declined",
            facts={**application_facts(award.application), "reason": reason},
            about=award,
        )
    return award


def _open_offer(award: Award, by: User) -> Award:
    require(
        may_answer_award,
        by,
        award,
        otherwise=_("Only a manager of the cluster can answer the award."),
    )
    award = locked(award)
    require_state(award, Award.State.OFFERED)
    return award


def _require_second_person(selection_round: SelectionRound, by: User) -> None:
    require(
        may_decide_selection,
        by,
        selection_round,
        otherwise=_("A second coordinator must decide on a proposal."),
    )


def _propose_country(
    selection_round: SelectionRound, ranking: CountryRanking, choices: Mapping[int, Choice]
) -> None:
    outcomes: Counter[str] = Counter()
    for ranked, application in ranking.places:
        choice = choices.get(application.pk, Choice(ranked.suggested))
        if choice.outcome != ranked.suggested and not choice.departure_reason.strip():
            raise Refused(
                _("Say why the decision on %(cluster)s departs from the ranking.")
                % {"cluster": application.cluster}
            )
        outcomes[choice.outcome] += 1
        _record_decision(selection_round, application, ranked, choice)
    if outcomes[Outcome.AWARD] > ranking.quota.vouchers:
        raise Refused(
            _("%(country)s has %(quota)s vouchers: you propose %(number)s awards.")
            % {
                "country": ranking.quota.country,
                "quota": ranking.quota.vouchers,
                "number": outcomes[Outcome.AWARD],
            }
        )


def _record_decision(
    selection_round: SelectionRound, application: Application, ranked: Ranked, choice: Choice
) -> None:
    decision = Decision.objects.create(
        selection_round=selection_round,
        application=application,
        rank=ranked.rank,
        total=ranked.total,
        suggested=ranked.suggested,
        outcome=choice.outcome,
        departure_reason=choice.departure_reason,
    )
    DecisionScore.objects.bulk_create(
        DecisionScore(
            decision=decision,
            criterion_id=result.criterion,
            mean=result.mean,
            points=result.points,
        )
        for result in ranked.criteria
    )


def _require_same_ranking(selection_round: SelectionRound, call: Call) -> None:
    proposed = {
        decision.application_id: (decision.rank, decision.total, decision.suggested)
        for decision in selection_round.decisions.all()
    }
    current = {
        application.pk: (ranked.rank, ranked.total, ranked.suggested)
        for ranking in ranked_by_country(call)
        for ranked, application in ranking.places
    }
    if proposed != current:
        raise OutOfOrder(
            _("The ranking has changed since the proposal: send it back and propose again.")
        )


def _carry_out(decision: Decision, *, by: User) -> None:
    application = locked(decision.application)
    move(application, _STATE_AFTER[Outcome(decision.outcome)])
    application.save()
    if decision.outcome == Outcome.AWARD:
        _offer(decision, application, by=by)
    elif decision.outcome == Outcome.RESERVE:
        _tell(RESERVE_LETTER, "reserve-list", decision, application, by=by)
    else:
        _tell(REFUSAL_LETTER, "application-refused", decision, application, by=by)


def _offer(decision: Decision, application: Application, *, by: User) -> None:
    with constraints_of(CountryQuota, Call):
        award = Award.objects.create(
            application=application,
            decision=decision,
            amount=application.call.voucher_amount,
            accept_by=_last_day_to_accept(application),
        )
    letters = issue_in_every_language(
        AWARD_LETTER,
        award,
        lambda: award_facts(award),
        by=by,
        reference=application.reference or "",
    )
    for person in writers_for(application.cluster):
        notify(
            person,
            "award-offered",
            facts={
                **application_facts(application),
                "amount": str(award.amount),
                "accept_by": award.accept_by.isoformat(),
            },
            about=award,
            documents=[letters[application.language]],
        )


def _today_there(application: Application) -> date:
    """The date on the calendar of the applicant's country."""
    return timezone.localdate(timezone=ZoneInfo(application.country.time_zone))


def _last_day_to_accept(application: Application) -> date:
    return _today_there(application) + timedelta(days=application.call.days_to_accept)


def _tell(
    kind: DocumentKind, notice: str, decision: Decision, application: Application, *, by: User
) -> None:
    letters = issue_in_every_language(
        kind,
        decision,
        lambda: decision_facts(decision),
        by=by,
        reference=application.reference or "",
    )
    for person in writers_for(application.cluster):
        notify(
            person,
            notice,
            facts=application_facts(application),
            about=decision,
            documents=[letters[application.language]],
        )
