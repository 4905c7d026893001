"""What a cluster reads of its assessment: which comments are released, and a draft of the reasons.

Neither names an assessor or another applicant: a comment that does is held back, and reasons that do
are refused before they are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import User
from clusters.models import Cluster
from conduct.queries.scoping import for_system
from documents.wording import number
from inputs.rules.folding import words_of
from vouchers.applications.models import Application
from vouchers.awards.models import Comment, Decision, DecisionScore, Outcome
from vouchers.scoring.assessing.models import Assessment, Assignment, Consensus, Score
from vouchers.scoring.consensus.models import ConsensusScore

# A shorter part of a name is too often a word as well.
SHORTEST_NAME = 4
_WORD = re.compile(r"\w+")


def gather_comments(decisions: Sequence[Decision]) -> list[Comment]:
    """The grounds of the scores behind decisions of one call, not saved yet; few queries for many.

    For each decision in the order of submission. Released from the start is what a consensus agreed
    on, or else what the assessors wrote; held back is whatever names somebody.
    """
    applications = [decision.application_id for decision in decisions]
    agreed = _agreed_scores(applications)
    assessed = _counted_assessments(applications)
    names = NamesToKeepBack(decisions[0].application.call_id) if decisions else None
    return [
        comment
        for decision in decisions
        for comment in _gathered(
            decision,
            agreed.get(decision.application_id, []),
            assessed.get(decision.application_id, []),
            names,
        )
    ]


def _gathered(
    decision: Decision,
    agreed: Sequence[ConsensusScore],
    assessments: Sequence[Assessment],
    names: NamesToKeepBack | None,
) -> list[Comment]:
    comments = _comments_of(decision, agreed, Comment.Source.CONSENSUS, 0)
    settled = {comment.criterion_id for comment in comments}
    for at, assessment in enumerate(assessments, start=1):
        comments += _comments_of(decision, assessment.scores.all(), Comment.Source.ASSESSOR, at)
    for comment in comments:
        superseded = comment.source == Comment.Source.ASSESSOR and comment.criterion_id in settled
        named = names is not None and names.found_in(comment.text, decision.application)
        comment.released = not superseded and not named
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


class NamesToKeepBack:
    """Who may not be named to an applicant of a call: assessors, and the other clusters.

    Read once for all texts of a call; a text is compared with the names that begin with one of its
    words, so that ten thousand clusters cost it no more than ten.
    """

    @for_system("names that no comment may give away are those of everybody")
    def __init__(self, call: int) -> None:
        self._by_first_word: dict[str, list[tuple[str, int | None]]] = {}
        assessors = User.objects.filter(assignments__application__call=call).distinct()
        for full_name in assessors.values_list("full_name", flat=True):
            self._add(full_name, None)
        for cluster in Cluster.objects.filter(applications__call=call).distinct():
            for name in (cluster.name, cluster.legal_name, *cluster.alias_list):
                self._add(name, cluster.pk)
        references = Application.objects.filter(call=call, reference__isnull=False)
        for reference, owner in references.values_list("reference", "cluster"):
            self._add(reference or "", owner)

    def _add(self, name: str, owner: int | None) -> None:
        """`owner` is the cluster that may read the name, since it is its own."""
        words = _WORD.findall(_folded(name))
        if words and len(name.strip()) >= SHORTEST_NAME:
            self._by_first_word.setdefault(words[0], []).append((name, owner))

    def found_in(self, text: str, application: Application) -> list[str]:
        """Those of the names that a text for the applicant contains, as whole words."""
        own = _folded(application.cluster.name)
        candidates = [
            name
            for word in dict.fromkeys(_WORD.findall(_folded(text)))
            for name, owner in self._by_first_word.get(word, ())
            if owner != application.cluster_id and _folded(name) not in own
        ]
        return names_in(text, dict.fromkeys(candidates))


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


@for_system("what is released was chosen by who decides the whole round")
def _agreed_scores(applications: Sequence[int]) -> dict[int, list[ConsensusScore]]:
    """What a consensus agreed on, by application."""
    agreed = Consensus.objects.filter(
        application__in=applications, state=Consensus.State.AGREED
    ).prefetch_related("scores")
    return {consensus.application_id: list(consensus.scores.all()) for consensus in agreed}


@for_system("what is released was chosen by who decides the whole round")
def _counted_assessments(applications: Sequence[int]) -> dict[int, list[Assessment]]:
    """The submitted assessments that the ranking counts (no conflict was found since), by application."""
    counted = (
        Assessment.objects.filter(
            assignment__application__in=applications,
            assignment__state=Assignment.State.SCORED,
            state=Assessment.State.SUBMITTED,
        )
        .select_related("assignment")
        .prefetch_related("scores")
        .order_by("submitted_at")
    )
    by_application: dict[int, list[Assessment]] = {}
    for assessment in counted:
        by_application.setdefault(assessment.assignment.application_id, []).append(assessment)
    return by_application


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
