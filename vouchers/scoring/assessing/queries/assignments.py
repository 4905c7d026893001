"""Reads of assignments, scoped to who asks, and of the applications that lack some."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import pgettext_lazy

from accounts.models import Role, User
from accounts.permissions import is_coordinator
from clusters.models import Representative
from conduct.queries.days import now
from conduct.queries.scoping import for_system
from vouchers.applications.models import SENT, Application
from vouchers.applications.queries import applications_visible_to
from vouchers.scoring.assessing.models import AssessorProfile, Assignment

# How far the scoring of an application has come, by the assessors that its call requires.
LACKING, UNDER_WAY, SCORED = "lacking", "under_way", "scored"
PROGRESS = [
    (LACKING, pgettext_lazy("progress of scoring", "assessors are lacking")),
    (UNDER_WAY, pgettext_lazy("progress of scoring", "being scored")),
    (SCORED, pgettext_lazy("progress of scoring", "scored by enough")),
]
ACTIVE_STATES = [Assignment.State.ASSIGNED, Assignment.State.CLEARED, Assignment.State.SCORED]


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


@for_system("background work reminds whoever scores")
def assignments_to_score() -> QuerySet[Assignment]:
    """Every assignment whose scores are not submitted, of applications that are being scored."""
    return Assignment.objects.filter(
        state__in=[Assignment.State.ASSIGNED, Assignment.State.CLEARED],
        application__state=Application.State.ELIGIBLE,
    ).select_related("application__call", "application__cluster", "assessor")


def late_assignments(user: User) -> QuerySet[Assignment]:
    """Of the assignments in an officer's countries: those whose last instant has passed."""
    return assignments_to_score().filter(
        due_at__lt=now(),
        application__in=applications_visible_to(user),
        application__country_id__in=user.officer_countries,
    )


def with_late(user: User, applications: Sequence[int]) -> set[int]:
    """Those of the applications (keys) that somebody is late with, and the person may ask for."""
    late = assignments_to_score().filter(due_at__lt=now(), application__in=applications)
    within = late.filter(application__in=applications_visible_to(user).order_by().values("pk"))
    if not is_coordinator.test(user):
        within = within.filter(application__country_id__in=user.officer_countries)
    return set(within.values_list("application", flat=True))


def assignments_for(application: Application) -> QuerySet[Assignment]:
    """Everybody who was asked to score an application, in order."""
    return application.assignments.select_related(
        "assessor", "replaces__assessor", "replacement"
    ).order_by("assigned_at")


def applications_in_scoring(user: User) -> QuerySet[Application]:
    """The eligible applications that the person may see, with how far their scoring has come."""
    eligible = applications_visible_to(user).filter(state=Application.State.ELIGIBLE)
    return with_progress(eligible).order_by("country_id", "reference")


def with_progress(applications: QuerySet[Application]) -> QuerySet[Application]:
    """The applications with how many assessors they have, and how many of these have submitted."""
    return applications.annotate(
        assessors_active=Count(
            "assignments", filter=Q(assignments__state__in=ACTIVE_STATES), distinct=True
        ),
        assessments_submitted=Count(
            "assignments", filter=Q(assignments__state=Assignment.State.SCORED), distinct=True
        ),
    )


def with_numbers(applications: QuerySet[Application]) -> QuerySet[Application]:
    """The applications, which can be asked for how far their scoring has come (`scored_so_far`)."""
    return applications.alias(
        asked=_number_of(ACTIVE_STATES), submitted=_number_of([Assignment.State.SCORED])
    )


def scored_so_far(progress: str) -> Q:
    """The condition on applications `with_numbers`, one of PROGRESS; each is in one of them."""
    required = F("call__assessors_required")
    if progress == SCORED:
        return Q(submitted__gte=required)
    if progress == LACKING:
        return Q(asked__lt=required, submitted__lt=required)
    return Q(asked__gte=required, submitted__lt=required)


@for_system("a condition on one application; who may read it is the question of its list")
def _number_of(states: Sequence[str]) -> Coalesce:
    """How many assignments of an application are in these states, without joining them."""
    counted = (
        Assignment.objects.filter(application=OuterRef("pk"), state__in=states)
        .order_by()
        .values("application")
        .annotate(number=Count("pk"))
    )
    return Coalesce(Subquery(counted.values("number")), 0)


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


def profile_of(user: User) -> AssessorProfile | None:
    """What the person says of what they can judge, where they have."""
    return AssessorProfile.objects.filter(user=user).first()
