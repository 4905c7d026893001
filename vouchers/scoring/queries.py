"""Reads of assignments, assessments and rankings, scoped to who asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from accounts.models import Role, User
from clusters.models import Representative
from vouchers.applications.models import SENT, Application
from vouchers.applications.queries import applications_visible_to
from vouchers.calls.models import Call, CountryQuota, UnfilledQuota

from .grid import CriterionRule, ScoringRules, Sheet
from .models import Assessment, Assignment, Consensus, ConsensusScore, Score, ScoringRound
from .ranking import AWARD, Ranked, rank_applications, with_unfilled_vouchers

ACTIVE_STATES = [Assignment.State.ASSIGNED, Assignment.State.CLEARED, Assignment.State.SCORED]


@dataclass(frozen=True)
class CountryRanking:
    """The ranking of one call in one country, with the applications in rank order.

    `vouchers` is how many can be given there: the quota, and what other countries cannot fill
    where the call moves such vouchers.
    """

    quota: CountryQuota
    vouchers: int
    places: list[tuple[Ranked, Application]]
    unscored: list[Application]


def assignments_of(user: User) -> QuerySet[Assignment]:
    """What the person was asked to score, conflicts and releases left out; oldest first."""
    if not user.is_authenticated:
        return Assignment.objects.none()
    return (
        Assignment.objects.filter(assessor=user, state__in=ACTIVE_STATES)
        .select_related("application__call", "application__cluster", "application__country")
        .order_by("assigned_at")
    )


def ever_assigned_to(user: User) -> QuerySet[Assignment]:
    """Whatever the person was asked to score, taken back or in conflict as well."""
    return Assignment.objects.filter(assessor=user).select_related("application__call")


def assignments_visible_to(user: User) -> QuerySet[Assignment]:
    """The assignments to applications that the person may see as staff."""
    return Assignment.objects.filter(
        application__in=applications_visible_to(user).filter(SENT)
    ).select_related("application__cluster", "assessor")


def assignments_to_score() -> QuerySet[Assignment]:
    """Every assignment whose scores are not submitted, of applications that are being scored."""
    return Assignment.objects.filter(
        state__in=[Assignment.State.ASSIGNED, Assignment.State.CLEARED],
        application__state=Application.State.ELIGIBLE,
    ).select_related("application__call", "application__cluster", "assessor")


def scoring_due(call: Call) -> datetime:
    """Until when a call is scored; without a scoring yet, when the decision is expected."""
    scoring_round = ScoringRound.objects.filter(call=call).first()
    if scoring_round is not None:
        return scoring_round.due_at
    return datetime.combine(call.decision_due, call.deadline.timetz())


def late_assignments(user: User) -> QuerySet[Assignment]:
    """Of the assignments in an officer's countries: those whose last instant has passed."""
    return assignments_to_score().filter(
        due_at__lt=timezone.now(),
        application__in=applications_visible_to(user),
        application__country_id__in=user.officer_countries,
    )


def assignments_for(application: Application) -> QuerySet[Assignment]:
    """Everybody who was asked to score an application, in order."""
    return application.assignments.select_related(
        "assessor", "replaces__assessor", "replacement"
    ).order_by("assigned_at")


def calls_being_scored(user: User) -> QuerySet[Call]:
    """The calls with eligible applications that the person may see."""
    return Call.objects.filter(
        pk__in=applications_visible_to(user)
        .filter(state=Application.State.ELIGIBLE)
        .order_by()
        .values("call")
    )


def applications_in_scoring(user: User) -> QuerySet[Application]:
    """The eligible applications that the person may see, with how far their scoring has come."""
    return (
        applications_visible_to(user)
        .filter(state=Application.State.ELIGIBLE)
        .annotate(
            assessors_active=Count(
                "assignments", filter=Q(assignments__state__in=ACTIVE_STATES), distinct=True
            ),
            assessments_submitted=Count(
                "assignments",
                filter=Q(assignments__state=Assignment.State.SCORED),
                distinct=True,
            ),
        )
        .order_by("country_id", "reference")
    )


def lacking_assessors(user: User) -> QuerySet[Application]:
    """Of the applications in scoring in an officer's countries: those that need an assessor."""
    in_scoring = applications_in_scoring(user).filter(country_id__in=user.officer_countries)
    return in_scoring.alias(lacking=F("call__assessors_required") - F("assessors_active")).filter(
        lacking__gt=0
    )


def possible_assessors(application: Application) -> QuerySet[User]:
    """Who could be assigned: assessors, and officers of the country, free of plain conflicts.

    Left out are people who were assigned before, who are recused, or who represent a cluster
    that applied to the same call.
    """
    applicants = Representative.objects.filter(cluster__applications__call=application.call).values(
        "user"
    )
    return (
        User.objects.filter(
            Q(role_grants__role=Role.ASSESSOR)
            | Q(
                role_grants__role=Role.OFFICER,
                role_grants__country_code=application.country_id,
            ),
            is_active=True,
            role_grants__revoked_at=None,
        )
        .exclude(assignments__application=application)
        .exclude(recusals__application=application)
        .exclude(pk__in=applicants)
        .order_by("full_name")
        .distinct()
    )


def sheets_of(applications: QuerySet[Application]) -> list[Sheet]:
    """The submitted assessments of the applications and what was agreed on, as the ranking takes
    them; two queries.
    """
    return [*_assessments_as_sheets(applications), *_agreed_sheets(applications)]


def _assessments_as_sheets(applications: QuerySet[Application]) -> list[Sheet]:
    rows = Score.objects.filter(
        assessment__state=Assessment.State.SUBMITTED,
        assessment__assignment__state=Assignment.State.SCORED,
        assessment__assignment__application__in=applications,
    ).values_list(
        "assessment_id",
        "assessment__assignment__application_id",
        "assessment__assignment__assessor_id",
        "assessment__assignment__is_third",
        "criterion_id",
        "value",
    )
    facts: dict[int, tuple[int, int, bool]] = {}
    scores: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for assessment, application, assessor, is_third, criterion, value in rows:
        facts[assessment] = (application, assessor, is_third)
        if value is not None:  # Submitted scores are complete.
            scores[assessment][criterion] = value
    return [
        Sheet(application, scores[assessment], assessor, is_third)
        for assessment, (application, assessor, is_third) in facts.items()
    ]


def _agreed_sheets(applications: QuerySet[Application]) -> list[Sheet]:
    rows = ConsensusScore.objects.filter(
        consensus__state=Consensus.State.AGREED, consensus__application__in=applications
    ).values_list("consensus__application_id", "criterion_id", "value")
    scores: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for application, criterion, value in rows:
        scores[application][criterion] = value
    return [Sheet(application, agreed, agreed=True) for application, agreed in scores.items()]


def scoring_rules(call: Call) -> ScoringRules:
    """The call's criteria, scale and thresholds, as the ranking takes them."""
    return ScoringRules(
        criteria=tuple(
            CriterionRule(
                criterion.pk, criterion.weight, criterion.threshold, criterion.tie_break_position
            )
            for criterion in call.criteria.all()
        ),
        score_max=call.score_max,
        total_threshold=call.total_threshold,
        discrepancy_limit=call.discrepancy_limit,
    )


def ranked_by_country(call: Call, sheets: Sequence[Sheet] | None = None) -> list[CountryRanking]:
    """The ranking of every country of the call; a constant number of queries.

    An application takes part once it has as many submitted assessments as the call requires.
    `sheets` are what stands submitted and agreed in the call, for who has read it already.
    """
    rules = scoring_rules(call)
    candidates = candidates_of(call).select_related("cluster", "country", "call")
    applications = {application.pk: application for application in candidates}
    sheets = sheets_of(candidates) if sheets is None else sheets
    counts: dict[int, int] = {}
    for sheet in sheets:
        if not sheet.agreed:
            counts[sheet.application] = counts.get(sheet.application, 0) + 1
    enough = {pk for pk, count in counts.items() if count >= call.assessors_required}
    rankings = [
        _country_ranking(rules, quota, applications, sheets, enough)
        for quota in call.quotas.select_related("country__partner").filter(vouchers__gt=0)
    ]
    return _moving_vouchers(rankings) if call.unfilled_quota == UnfilledQuota.NEXT else rankings


def candidates_of(call: Call) -> QuerySet[Application]:
    """The applications that a ranking is about: found eligible, decided or not."""
    states = Application.State
    eligible = [states.ELIGIBLE, states.SELECTED, states.RESERVE, states.REFUSED]
    return Application.objects.filter(call=call, state__in=eligible)


def _moving_vouchers(rankings: list[CountryRanking]) -> list[CountryRanking]:
    """The rankings once vouchers that a country cannot fill have moved to where they are given."""
    moved = with_unfilled_vouchers(
        {
            ranking.quota.country_id: [place for place, _of in ranking.places]
            for ranking in rankings
        },
        {ranking.quota.country_id: ranking.quota.vouchers for ranking in rankings},
    )
    result = []
    for ranking in rankings:
        places = moved[ranking.quota.country_id]
        given = sum(place.suggested == AWARD for place in places)
        result.append(
            replace(
                ranking,
                places=[
                    (place, application)
                    for place, (_before, application) in zip(places, ranking.places, strict=True)
                ],
                vouchers=max(given, ranking.quota.vouchers),
            )
        )
    return result


def _country_ranking(
    rules: ScoringRules,
    quota: CountryQuota,
    applications: dict[int, Application],
    sheets: Sequence[Sheet],
    enough: set[int],
) -> CountryRanking:
    own = {
        pk: application
        for pk, application in applications.items()
        if application.country_id == quota.country_id
    }
    ranking = rank_applications(
        rules,
        [sheet for sheet in sheets if sheet.application in own and sheet.application in enough],
        quota=quota.vouchers,
    )
    return CountryRanking(
        quota=quota,
        vouchers=quota.vouchers,
        places=[(ranked, own[ranked.application]) for ranked in ranking],
        unscored=[application for pk, application in own.items() if pk not in enough],
    )


def submitted_assessments(application: Application) -> QuerySet[Assessment]:
    """The submitted assessments of one application with their scores, in order of submission."""
    return (
        Assessment.objects.filter(
            assignment__application=application, state=Assessment.State.SUBMITTED
        )
        .select_related("assignment__assessor")
        .prefetch_related("scores__criterion")
        .order_by("submitted_at")
    )
