"""Which applications of a call lack assessors, who could be asked, and who is proposed."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from accounts.models import Role, RoleGrant, User
from accounts.permissions import is_coordinator, is_officer
from clusters.models import Representative
from conduct.queries.scoping import for_system
from vouchers.applications.models import Application, Recusal
from vouchers.calls.models import Call
from vouchers.scoring.assessing.models import AssessorProfile, Assignment
from vouchers.scoring.rules.optimiser import Assessor, Pair, Unstaffed, balance

from .assignments import ACTIVE_STATES, applications_in_scoring
from .conflicts import ConflictHint, hints_between

# So many applications are shared out at once: more than that nobody reads through in a preview.
AT_ONCE = 40


@dataclass(frozen=True)
class Workload:
    """Applications that lack assessors (by id), who could be asked (by id), and the proposal."""

    applications: dict[int, Application]
    people: dict[int, User]
    needs: list[Unstaffed]
    assessors: dict[int, Assessor]
    hints: dict[tuple[int, int], list[ConflictHint]]
    pairs: list[Pair]
    more: bool


def workload_of(user: User, call: Call) -> Workload:
    """What the person can share out in a call now, with a proposal; a constant number of queries.

    Officers share out their own country's applications, coordinators those of all; applications
    that a conflict of interest shuts to the person are left out.
    """
    found = list(lacking_in(user, call)[: AT_ONCE + 1])
    applications = {application.pk: application for application in found[:AT_ONCE]}
    people, countries = _candidates(call)
    possible = _possible(applications, people, countries)
    hints = hints_between(list(people.values()), list(applications.values()))
    needs = _needs(applications, possible, hints)
    assessors = _assessors(call, people)
    return Workload(
        applications=applications,
        people=people,
        needs=needs,
        assessors=assessors,
        hints=hints,
        pairs=balance(needs, list(assessors.values())),
        more=len(found) > AT_ONCE,
    )


def lacking_in(user: User, call: Call) -> QuerySet[Application]:
    """The applications of a call that lack assessors and that the person may share out."""
    scope = applications_in_scoring(user).filter(call=call)
    return _lacking(scope, user).order_by("country_id", "reference")


def calls_to_share_out(user: User) -> set[int]:
    """The ids of the calls in which the person can share out applications that lack assessors."""
    if not (is_officer | is_coordinator).test(user):
        return set()
    return set(
        _lacking(applications_in_scoring(user), user).order_by().values_list("call", flat=True)
    )


def _lacking(scope: QuerySet[Application], user: User) -> QuerySet[Application]:
    """Of some applications those that lack assessors and that the person may share out."""
    if not is_coordinator.test(user):
        scope = scope.filter(country_id__in=user.officer_countries)
    return scope.annotate(lacking=F("call__assessors_required") - F("assessors_active")).filter(
        lacking__gt=0
    )


@for_system("who acts for an applicant assesses nothing of the call")
def _candidates(call: Call) -> tuple[dict[int, User], dict[int, set[str]]]:
    """Assessors and officers by id, applicants of the call left out, and the officers' countries."""
    applicants = Representative.objects.filter(cluster__applications__call=call).values("user")
    grants = (
        RoleGrant.objects.filter(
            Q(role=Role.ASSESSOR) | Q(role=Role.OFFICER),
            revoked_at=None,
            user__is_active=True,
        )
        .exclude(user__in=applicants)
        .select_related("user")
        .order_by("user__full_name", "user_id")
    )
    people: dict[int, User] = {}
    countries: dict[int, set[str]] = defaultdict(set)
    for grant in grants:
        people[grant.user_id] = grant.user
        countries[grant.user_id].add("" if grant.role == Role.ASSESSOR else grant.country_code)
    return people, countries


def _possible(
    applications: dict[int, Application],
    people: dict[int, User],
    countries: dict[int, set[str]],
) -> dict[int, list[int]]:
    """Who could score each application: officers in their country, nobody twice, none recused."""
    shut = {
        *Assignment.objects.filter(application__in=applications).values_list(
            "application", "assessor"
        ),
        *Recusal.objects.filter(application__in=applications).values_list("application", "person"),
    }
    return {
        pk: [
            person
            for person in people
            if countries[person] & {"", application.country_id} and (pk, person) not in shut
        ]
        for pk, application in applications.items()
    }


def _needs(
    applications: dict[int, Application],
    possible: dict[int, list[int]],
    hints: dict[tuple[int, int], list[ConflictHint]],
) -> list[Unstaffed]:
    close = set(
        Recusal.objects.filter(
            application__in=applications, person__role_grants__role=Role.OFFICER
        ).values_list("application", flat=True)
    )
    return [
        Unstaffed(
            application=pk,
            missing=application.lacking,  # type: ignore[attr-defined]
            country=application.country_id,
            language=application.language,
            sectors=frozenset(application.cluster.nace_codes),
            partner_recused=pk in close,
            possible=possible[pk],
            hinted={person for one, person in hints if one == pk},
        )
        for pk, application in applications.items()
    ]


def _assessors(call: Call, people: dict[int, User]) -> dict[int, Assessor]:
    profiles = {found.user_id: found for found in AssessorProfile.objects.filter(user__in=people)}
    load = Counter(
        Assignment.objects.filter(
            application__call=call, assessor__in=people, state__in=ACTIVE_STATES
        ).values_list("assessor", flat=True)
    )
    blank = AssessorProfile()
    return {
        pk: Assessor(
            id=pk,
            country=(profile := profiles.get(pk, blank)).country_id or "",
            languages=frozenset(profile.languages or [person.language]),
            sectors=frozenset(profile.sectors),
            load=load[pk],
            capacity=profile.capacity,
        )
        for pk, person in people.items()
    }
