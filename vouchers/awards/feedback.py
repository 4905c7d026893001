"""What a cluster reads of its assessment: which comments are released, and a draft of the reasons.

Neither names an assessor or another applicant: a comment that does is held back, and reasons that do
are refused before they are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import User
from clusters.models import Cluster
from documents.wording import number
from inputs.folding import words_of
from vouchers.applications.models import Application
from vouchers.scoring.models import Assessment, Consensus, ConsensusScore, Score
from vouchers.scoring.queries import submitted_assessments

from .models import Comment, Decision, DecisionScore, Outcome

# A shorter part of a name is too often a word as well.
SHORTEST_NAME = 4


def gather_comments(decision: Decision) -> list[Comment]:
    """The grounds of the scores of one application, not saved yet; in the order of submission.

    Released from the start is what a consensus agreed on, or else what the assessors wrote; held
    back is whatever names somebody.
    """
    application = decision.application
    consensus = Consensus.objects.filter(
        application=application, state=Consensus.State.AGREED
    ).first()
    agreed = list(consensus.scores.all()) if consensus else []
    comments = [
        comment
        for comment in _comments_of(decision, agreed, Comment.Source.CONSENSUS, 0)
        if comment.text.strip()
    ]
    settled = {comment.criterion_id for comment in comments}
    for at, assessment in enumerate(_counted_assessments(application), start=1):
        comments += _comments_of(decision, assessment.scores.all(), Comment.Source.ASSESSOR, at)
    names = names_to_keep_back(application)
    for comment in comments:
        superseded = comment.source == Comment.Source.ASSESSOR and comment.criterion_id in settled
        comment.released = not superseded and not names_in(comment.text, names)
    return comments


def draft_of_reasons(decision: Decision) -> str:
    """The reasons of a decision as the facts give them, in the active language.

    Each threshold that was missed, with the released weaknesses of that criterion; where none was,
    what kept the application from a voucher. Empty for an award.
    """
    if decision.outcome == Outcome.AWARD:
        return ""
    call = decision.application.call
    missed = list(_missed_thresholds(decision))
    if decision.total < call.total_threshold:
        missed.append(
            _("The total is %(total)s points; at least %(needed)s are required.")
            % {"total": number(decision.total, 2), "needed": number(call.total_threshold)}
        )
    if missed:
        return "\n\n".join(missed)
    if decision.outcome == Outcome.RESERVE:
        return _(
            "The application reached every threshold. The vouchers of its country went to "
            "applications that stand before it, so that it is on the reserve list."
        )
    return _(
        "The application reached every threshold. The vouchers and the places on the reserve list "
        "of its country went to applications that stand before it."
    )


def names_to_keep_back(application: Application) -> list[str]:
    """Who may not be named to the applicant: assessors, and the other clusters in the call."""
    assessors = User.objects.filter(assignments__application__call=application.call_id).distinct()
    names = [person.full_name for person in assessors]
    others = Cluster.objects.filter(applications__call=application.call_id).exclude(
        pk=application.cluster_id
    )
    own = _folded(application.cluster.name)
    for cluster in others:
        names += [cluster.name, cluster.legal_name, *cluster.alias_list]
    references = Application.objects.filter(
        call=application.call_id, reference__isnull=False
    ).exclude(pk=application.pk)
    names += [reference or "" for reference in references.values_list("reference", flat=True)]
    return [
        name
        for name in dict.fromkeys(names)
        if len(name.strip()) >= SHORTEST_NAME and _folded(name) not in own
    ]


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """Those of the names that the text contains, as whole words, however they are written."""
    folded = _folded(text)
    return [
        name for name in names if re.search(rf"(?<!\w){re.escape(_folded(name))}(?!\w)", folded)
    ]


def _comments_of(
    decision: Decision, scores: Iterable[Score | ConsensusScore], source: str, at: int
) -> list[Comment]:
    return [
        Comment(
            decision=decision,
            criterion_id=score.criterion_id,
            kind=kind,
            source=source,
            number=at,
            text=text.strip(),
        )
        for score in scores
        for kind, text in (
            (Comment.Kind.STRENGTH, score.strengths),
            (Comment.Kind.WEAKNESS, score.weaknesses),
        )
        if text.strip()
    ]


def _counted_assessments(application: Application) -> Iterable[Assessment]:
    """The submitted assessments that the ranking counts: no conflict was found since."""
    return submitted_assessments(application).filter(assignment__state="scored")


def _missed_thresholds(decision: Decision) -> Iterator[str]:
    scores: Iterable[DecisionScore] = decision.scores.select_related("criterion")
    weaknesses = decision.comments.filter(released=True, kind=Comment.Kind.WEAKNESS)
    for score in scores:
        highest = decision.application.call.score_max
        needed = highest * score.criterion.threshold / Decimal(100)
        if score.mean >= needed:
            continue
        told = [
            _("%(criterion)s: the mean score is %(mean)s; at least %(needed)s is required.")
            % {
                "criterion": score.criterion.name,
                "mean": number(score.mean, 2),
                "needed": number(needed, 2),
            }
        ]
        told += [one.text for one in weaknesses if one.criterion_id == score.criterion_id]
        yield "\n".join(told)


def _folded(text: str) -> str:
    return " ".join(words_of(text))
