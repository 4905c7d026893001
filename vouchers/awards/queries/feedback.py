"""What a cluster reads of its assessment: which comments are released, and a draft of the reasons.

Neither names an assessor or another applicant: a comment that does is held back, and reasons that do
are refused before they are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from accounts.models import User
from clusters.models import Cluster
from conduct.queries.scoping import for_system
from documents.wording import number
from vouchers.applications.models import Application
from vouchers.awards.models import Comment, Decision, DecisionScore, Outcome
from vouchers.awards.rules.naming import Names
from vouchers.scoring.assessing.models import Assessment, Assignment, Consensus, Score
from vouchers.scoring.consensus.models import ConsensusScore

# Rows read at once.
_CHUNK = 5000


def gather_comments(decisions: Sequence[Decision], names: NamesToKeepBack) -> list[Comment]:
    """The grounds of the scores behind decisions of one call, not saved yet; four queries.

    For each decision in the order of submission. Released from the start is what a consensus agreed
    on, or else what the assessors wrote; held back is whatever names somebody.
    """
    applications = [decision.application_id for decision in decisions]
    agreed, assessed = _agreed_texts(applications), _assessed_texts(applications)
    cluster_of = dict(
        Application.objects.filter(pk__in=applications).values_list("pk", "cluster_id")
    )
    return [
        comment
        for decision in decisions
        for comment in _gathered(
            decision,
            agreed.get(decision.application_id, []),
            assessed.get(decision.application_id, []),
            names,
            cluster_of[decision.application_id],
        )
    ]


def _gathered(
    decision: Decision,
    agreed: Iterable[_Written],
    assessments: Iterable[_Written],
    names: NamesToKeepBack,
    cluster: int,
) -> list[Comment]:
    comments = [*_comments_of(decision, agreed, Comment.Source.CONSENSUS)]
    settled = {comment.criterion_id for comment in comments}
    comments += _comments_of(decision, assessments, Comment.Source.ASSESSOR)
    for comment in comments:
        superseded = comment.source == Comment.Source.ASSESSOR and comment.criterion_id in settled
        comment.released = not superseded and not names.found_in(comment.text, cluster)
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

    Read once for all texts of a call; three queries.
    """

    @for_system("names that no comment may give away are those of everybody")
    def __init__(self, call: int) -> None:
        self._names = Names(
            User.objects.filter(assignments__application__call=call)
            .distinct()
            .values_list("full_name", flat=True)
        )
        self._called: dict[int, str] = {}
        applications = Application.objects.filter(call=call)
        clusters = Cluster.objects.filter(pk__in=applications.values("cluster"))
        for cluster in clusters.only("name", "legal_name", "aliases"):
            self._called[cluster.pk] = cluster.name
            for name in (cluster.name, cluster.legal_name, *cluster.alias_list):
                self._names.add(name, cluster.pk)
        numbered = applications.filter(reference__isnull=False)
        for reference, owner in numbered.values_list("reference", "cluster"):
            self._names.add(reference or "", owner)

    def found_in(self, text: str, cluster: int) -> list[str]:
        """Those of the names that a text for a cluster (by its id) contains, as whole words."""
        return self._names.found_in(text, reader=cluster, called=self._called.get(cluster, ""))


class _Written(NamedTuple):
    """What somebody wrote on one criterion: the n-th assessor, 0 for what was agreed."""

    number: int
    criterion: int
    strengths: str
    weaknesses: str


def _comments_of(decision: Decision, written: Iterable[_Written], source: str) -> Iterator[Comment]:
    for at, criterion, strengths, weaknesses in written:
        for kind, text in (
            (Comment.Kind.STRENGTH, strengths.strip()),
            (Comment.Kind.WEAKNESS, weaknesses.strip()),
        ):
            if text:
                yield Comment(
                    decision=decision,
                    criterion_id=criterion,
                    kind=kind,
                    source=source,
                    number=at,
                    text=text,
                )


@for_system("what is released was chosen by who decides the whole round")
def _agreed_texts(applications: Sequence[int]) -> dict[int, list[_Written]]:
    """What a consensus agreed on, by application."""
    rows = (
        ConsensusScore.objects.filter(
            consensus__application__in=applications, consensus__state=Consensus.State.AGREED
        )
        .order_by("pk")
        .values_list("consensus__application_id", "criterion_id", "strengths", "weaknesses")
    )
    found: dict[int, list[_Written]] = {}
    for application, criterion, strengths, weaknesses in rows.iterator(_CHUNK):
        written = _Written(0, criterion, strengths, weaknesses)
        found.setdefault(application, []).append(written)
    return found


@for_system("what is released was chosen by who decides the whole round")
def _assessed_texts(applications: Sequence[int]) -> dict[int, list[_Written]]:
    """What the submitted assessments say that the ranking counts (no conflict was found since).

    By application; assessors have the numbers of the order in which they submitted.
    """
    rows = (
        Score.objects.filter(
            assessment__assignment__application__in=applications,
            assessment__assignment__state=Assignment.State.SCORED,
            assessment__state=Assessment.State.SUBMITTED,
        )
        .order_by(
            "assessment__assignment__application_id",
            "assessment__submitted_at",
            "assessment_id",
            "pk",
        )
        .values_list(
            "assessment__assignment__application_id",
            "assessment_id",
            *("criterion_id", "strengths", "weaknesses"),
        )
    )
    found: dict[int, list[_Written]] = {}
    numbers: dict[int, dict[int, int]] = {}
    for application, assessment, criterion, strengths, weaknesses in rows.iterator(_CHUNK):
        own = numbers.setdefault(application, {})
        at = own.setdefault(assessment, len(own) + 1)
        written = _Written(at, criterion, strengths, weaknesses)
        found.setdefault(application, []).append(written)
    return found


def scores_of(decision: Decision) -> Sequence[DecisionScore]:
    """The scores on which a decision rests, with their criteria, in the order of these.

    No query where both were read ahead with the decision.
    """
    if "scores" in getattr(decision, "_prefetched_objects_cache", {}):
        return [*decision.scores.all()]
    return [*decision.scores.select_related("criterion")]


def _missed_thresholds(decision: Decision) -> Iterator[str]:
    weaknesses = [
        one for one in decision.comments.all() if one.released and one.kind == Comment.Kind.WEAKNESS
    ]
    for score in scores_of(decision):
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
