"""Writes about a consensus: a third opinion, the rapporteur, the discussion, what was agreed."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    Refused,
    action,
    judged,
    locked,
    move,
    require,
    require_state,
    require_words,
)
from conduct.actions.again import said_a_moment_ago
from notices.actions import notify_each
from vouchers.applications.letters import application_facts
from vouchers.applications.models import Application
from vouchers.calls.models import Call
from vouchers.scoring.assessing.actions import (
    ScoreInput,
    assign_assessor,
    problem_of,
    require_on_scale,
)
from vouchers.scoring.assessing.models import Assignment, Consensus
from vouchers.scoring.assessing.queries.consensus import concerned_by
from vouchers.scoring.rounds.actions import require_round_open

from .models import ConsensusMessage, ConsensusScore
from .permissions import (
    may_agree,
    may_appoint_rapporteur,
    may_ask_third,
    may_become_rapporteur,
    may_discuss,
)
from .queries import third_opinion


@action(gettext_lazy("Third opinion asked for"))
def ask_third(application: Application, assessor: User, *, by: User) -> Assignment:
    """Ask one more assessor to score an application whose assessments differ too much.

    The third opinion is blind, like the others. Raises Refused unless a consensus is asked for, and
    while another third opinion is under way or was given.
    """
    application = judged(application, may_ask_third, by=by)
    _require_asked(locked(application.consensus))
    standing = third_opinion(application)
    if standing is not None:
        raise Refused(
            _("%(person)s is already asked for a third opinion.") % {"person": standing.assessor}
        )
    assignment = assign_assessor(application, assessor, by=by)
    assignment.is_third = True
    assignment.save()
    return assignment


@action(gettext_lazy("Rapporteur found"))
def become_rapporteur(consensus: Consensus, *, person: User | None = None, by: User) -> Consensus:
    """One of the assessors who submitted leads to the consensus and records it.

    They come forward themselves, or an officer or coordinator appoints `person`. Of two at once the
    second is refused, with the name of the first. Whoever is rapporteur already stays it.
    """
    person = person or by
    predicate = may_become_rapporteur if person == by else may_appoint_rapporteur
    consensus = locked(consensus)
    application = consensus.application
    require(predicate, by, application)
    _require_asked(consensus)
    if consensus.rapporteur == person:
        return consensus
    if consensus.rapporteur is not None:
        raise Refused(_("%(person)s is the rapporteur already.") % {"person": consensus.rapporteur})
    if not may_become_rapporteur.test(person, application):
        raise Refused(
            _("The rapporteur is one of the assessors who submitted scores of this application.")
        )
    consensus.rapporteur = person
    consensus.save()
    _tell(consensus, "consensus-rapporteur", by=by, rapporteur=str(person))
    return consensus


@action(gettext_lazy("Rapporteur stepped back"))
def release_rapporteur(consensus: Consensus, *, reason: str, by: User) -> Consensus:
    """The rapporteur steps back, or an officer or coordinator relieves them; another can follow."""
    consensus = locked(consensus)
    if consensus.rapporteur_id != by.pk:
        require(may_appoint_rapporteur, by, consensus.application)
    require_words(reason, _("Say why there is to be another rapporteur."))
    _require_asked(consensus)
    consensus.rapporteur = None
    consensus.save()
    return consensus


@action(gettext_lazy("Message on a consensus written"))
def write_message(consensus: Consensus, text: str, *, by: User) -> ConsensusMessage:
    """Write in the discussion; the others are every_fact.

    The same message twice is one. Raises NotAllowed for whoever has not submitted an assessment and
    looks after none, Refused for an empty message or once the consensus is settled.
    """
    consensus = locked(consensus)
    require(may_discuss, by, consensus.application)
    require_words(text, _("Write a message first."))
    _require_asked(consensus)
    again = said_a_moment_ago(
        consensus.messages.all(),
        at="written_at",
        author=by,
        text=text.strip(),
    )
    if again is not None:
        return again
    message = ConsensusMessage.objects.create(consensus=consensus, author=by, text=text.strip())
    _tell(consensus, "consensus-message", by=by, author=str(by), text=message.text)
    return message


@action(gettext_lazy("Consensus recorded"))
def agree(
    consensus: Consensus, scores: Mapping[int, ScoreInput], *, reason: str, by: User
) -> Consensus:
    """Record what the assessors agreed on (scores by criterion id), which alone counts from then on.

    The assessments stay as they were given. Raises NotAllowed for anybody but the rapporteur,
    Refused without a reason, for a score that is missing, off the scale or without its grounds, and
    while a third opinion is under way; TooLate once the scoring is closed.
    """
    consensus = judged(
        consensus,
        may_agree,
        by=by,
        otherwise=_("Only the rapporteur records what was agreed."),
    )
    application = consensus.application
    _require_asked(consensus)
    require_words(reason, _("Say what was agreed, and why."))
    _require_scores(application.call, scores)
    _require_no_third_under_way(application)
    _keep(consensus, scores)
    move(consensus, Consensus.State.AGREED)
    consensus.reason, consensus.settled_at = reason.strip(), timezone.now()
    consensus.save()
    _tell(consensus, "consensus-agreed", by=by, rapporteur=str(by))
    return consensus


@action(gettext_lazy("Consensus taken up again"))
def correct_consensus(consensus: Consensus, *, reason: str, by: User) -> Consensus:
    """Take up again what was agreed, until the scoring is closed; it counts once recorded anew."""
    consensus = judged(consensus, may_agree, by=by)
    require_words(reason, _("Say why the consensus is taken up again."))
    _require_scores_open(consensus.application)
    require_state(consensus, Consensus.State.AGREED)
    move(consensus, Consensus.State.ASKED)
    consensus.settled_at = None
    consensus.save()
    return consensus


def _require_scores_open(application: Application) -> None:
    """Raise unless scores of the locked application may change."""
    require_round_open(application.call)
    require_state(application, Application.State.ELIGIBLE)


def _require_asked(consensus: Consensus) -> None:
    """Raise unless the locked consensus is still asked for, while scores may change."""
    _require_scores_open(consensus.application)
    require_state(consensus, Consensus.State.ASKED)


def _keep(consensus: Consensus, scores: Mapping[int, ScoreInput]) -> None:
    """Write the agreed scores over those of an earlier consensus, where it was taken up again."""
    standing = {score.criterion_id: score for score in consensus.scores.all()}
    for criterion_id, given in scores.items():
        if given.value is None:  # Refused before.
            continue
        score = standing.get(criterion_id) or ConsensusScore(
            consensus=consensus, criterion_id=criterion_id
        )
        score.value = given.value
        score.strengths = given.strengths.strip()
        score.weaknesses = given.weaknesses.strip()
        score.save()


def _require_scores(call: Call, scores: Mapping[int, ScoreInput]) -> None:
    """The same rules as for an assessment, for every criterion."""
    for criterion in call.criteria.all():
        given = scores.get(criterion.pk)
        if given is not None and given.value is not None:
            require_on_scale(call, criterion, given.value)
        problem = problem_of(call, criterion, given)
        if problem:
            raise Refused(problem)


def _require_no_third_under_way(application: Application) -> None:
    third = third_opinion(application)
    if third is not None and third.state != Assignment.State.SCORED:
        raise Refused(
            _(
                "%(person)s is asked for a third opinion: wait for it, or have the assignment "
                "taken back."
            )
            % {"person": third.assessor}
        )


def _tell(consensus: Consensus, kind: str, *, by: User, **facts: str) -> None:
    """Tell everybody whom it concerns but the one who did it."""
    every_fact = {**application_facts(consensus.application), **facts}
    notify_each(concerned_by(consensus), kind, but=by, facts=every_fact, about=consensus)
