"""Reads of selections, awards and vouchers, scoped to who asks."""

from collections import Counter

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.models import Role, User
from accounts.permissions import is_auditor, is_coordinator, is_finance_officer
from accounts.queries import people_holding
from clusters.models import Representative
from vouchers.applications.models import Application, Recusal
from vouchers.calls.models import Call, CountryQuota

from .models import Appeal, Award, Decision, Dossier, ReservePlace, SelectionRound, Voucher
from .permissions import may_read_selection


def rounds_visible_to(user: User) -> QuerySet[SelectionRound]:
    """Selection rounds, for coordinators and auditors: none of a call in which they are recused."""
    if not may_read_selection.test(user):
        return SelectionRound.objects.none()
    recused = Recusal.objects.filter(person=user).values("application__call")
    return SelectionRound.objects.exclude(call__in=recused).select_related(
        "call", "proposed_by", "decided_by"
    )


def decisions_of(selection_round: SelectionRound) -> QuerySet[Decision]:
    """The decisions of a round by country and rank, with their scores; three queries."""
    return (
        selection_round.decisions.select_related(
            "application__cluster", "application__country__partner", "feedback"
        )
        .prefetch_related("scores__criterion")
        .order_by("application__country_id", "rank", "application__reference")
    )


def decision_after(decision: Decision) -> Decision | None:
    """The next decision of the round in that order; one query."""
    application = decision.application
    behind = Q(rank__gt=decision.rank) | Q(
        rank=decision.rank, application__reference__gt=application.reference
    )
    return (
        decision.selection_round.decisions.filter(
            Q(application__country_id__gt=application.country_id)
            | Q(behind, application__country_id=application.country_id)
        )
        .select_related("feedback")
        .order_by("application__country_id", "rank", "application__reference")
        .first()
    )


def awards_visible_to(user: User) -> QuerySet[Award]:
    """The awards that the person may read, with application, cluster, call and country."""
    awards = Award.objects.select_related(
        "application__cluster", "application__country__partner", "application__call"
    )
    if not user.is_authenticated:
        return awards.none()
    own = Q(application__cluster__in=Representative.objects.filter(user=user).values("cluster"))
    scope = Q(application__country_id__in=user.officer_countries)
    if any(role.test(user) for role in (is_coordinator, is_finance_officer, is_auditor)):
        scope = Q()
    recused = Recusal.objects.filter(person=user).values("application")
    staff = scope & ~Q(application__in=recused)
    return awards.filter(own | staff) if user.is_staff_member else awards.filter(own)


def vouchers_visible_to(user: User) -> QuerySet[Voucher]:
    """The vouchers that the person may read, with award, application, cluster and country."""
    return Voucher.objects.select_related(
        "award__application__cluster",
        "award__application__country__partner",
        "award__application__call",
    ).filter(award__in=awards_visible_to(user))


def calls_to_decide(user: User) -> QuerySet[Call]:
    """The open calls whose deadline has passed and that have no standing proposal.

    Without those in which a conflict of interest shuts the person out of an application.
    """
    standing = SelectionRound.objects.exclude(state=SelectionRound.State.RETURNED)
    recused = Recusal.objects.filter(person=user).values("application__call")
    return (
        Call.objects.filter(state=Call.State.OPEN, deadline__lt=timezone.now())
        .exclude(pk__in=standing.values("call"))
        .exclude(pk__in=recused)
    )


def rounds_to_publish(user: User) -> QuerySet[SelectionRound]:
    """The approved selections whose instant has not come, the next one first."""
    return (
        rounds_visible_to(user)
        .filter(state=SelectionRound.State.APPROVED)
        .order_by("publish_at", "pk")
    )


def decisions_visible_to(user: User) -> QuerySet[Decision]:
    """The decisions of the rounds that the person may read."""
    return Decision.objects.filter(
        selection_round__in=rounds_visible_to(user).order_by().values("pk")
    ).select_related(
        "selection_round__call",
        "application__call",
        "application__cluster",
        "application__country__partner",
    )


def published_decision(application: Application) -> Decision | None:
    """The decision on an application that its cluster was told; one query."""
    return (
        application.decisions.filter(selection_round__state=SelectionRound.State.PUBLISHED)
        .select_related("selection_round", "reserve_place", "appeal")
        .first()
    )


def appeals_visible_to(user: User) -> QuerySet[Appeal]:
    """Requests for review: the cluster's own; all of them for coordinators and auditors."""
    appeals = Appeal.objects.select_related(
        "decision__application__cluster",
        "decision__application__country__partner",
        "decision__application__call",
        "decision__selection_round",
        "made_by",
        "decided_by",
    )
    if not user.is_authenticated:
        return appeals.none()
    own = Q(
        decision__application__cluster__in=Representative.objects.filter(user=user).values(
            "cluster"
        )
    )
    if not may_read_selection.test(user):
        return appeals.filter(own)
    recused = Recusal.objects.filter(person=user).values("application")
    return appeals.exclude(decision__application__in=recused)


def dossiers_visible_to(user: User) -> QuerySet[Dossier]:
    """The dossiers of the rounds that the person may read."""
    return Dossier.objects.filter(
        selection_round__in=rounds_visible_to(user).order_by().values("pk")
    ).select_related("selection_round__call", "asked_by")


def reserve_list(selection_round: SelectionRound) -> QuerySet[ReservePlace]:
    """The places of a round by country and position."""
    return (
        ReservePlace.objects.filter(decision__selection_round=selection_round)
        .select_related("decision__application__cluster", "decision__application__country")
        .order_by("decision__application__country_id", "position", "pk")
    )


def first_in_line(call: int, country: str) -> list[ReservePlace]:
    """The waiting places of a country that come first: several where they are equal. Locked."""
    waiting = list(
        ReservePlace.objects.select_for_update(of=("self",))
        .filter(
            decision__application__call=call,
            decision__application__country=country,
            state=ReservePlace.State.WAITING,
            until__gte=timezone.now(),
        )
        .select_related("decision__application__country", "decision__selection_round__call")
        .order_by("position", "pk")
    )
    return [place for place in waiting if place.position == waiting[0].position]


def vacancies(call: int, country: str) -> QuerySet[Award]:
    """The awards of a country that were declined or lapsed, and whose voucher nobody has yet."""
    return Award.objects.filter(
        application__call=call,
        application__country=country,
        state__in=[Award.State.DECLINED, Award.State.LAPSED],
        replacement=None,
    ).order_by("pk")


def coordinators_of(call: Call) -> QuerySet[User]:
    """The coordinators whom no conflict of interest shuts out of an application of the call."""
    recused = Recusal.objects.filter(application__call=call).values("person")
    return people_holding(Role.COORDINATOR).exclude(pk__in=recused)


def appeals_to_decide(user: User) -> QuerySet[Appeal]:
    """The open requests for review that wait for the person, the oldest first.

    Who proposed a selection never decides on one; who approved it is named where nobody else is.
    """
    found = appeals_visible_to(user).filter(state=Appeal.State.OPEN)
    waiting = found.exclude(decision__selection_round__proposed_by=user)
    others = people_holding(Role.COORDINATOR).exclude(pk=user.pk)
    free = others.exclude(pk__in=[OuterRef("decision__selection_round__proposed_by")]).exclude(
        recusals__application=OuterRef("decision__application")
    )
    return (
        waiting.annotate(somebody_else=Exists(free))
        .exclude(decision__selection_round__decided_by=user, somebody_else=True)
        .order_by("made_at")
    )


def places_to_offer(selection_round: SelectionRound) -> set[int]:
    """The ids of the places first in line, in each country that has a free voucher."""
    held = Counter(
        Award.objects.filter(
            application__call=selection_round.call_id,
            state__in=[Award.State.OFFERED, Award.State.ACCEPTED],
        ).values_list("application__country", flat=True)
    )
    free = [
        quota.country_id
        for quota in CountryQuota.objects.filter(call=selection_round.call_id)
        if quota.vouchers + quota.moved > held[quota.country_id]
    ]
    waiting = reserve_list(selection_round).filter(
        state=ReservePlace.State.WAITING,
        until__gte=timezone.now(),
        decision__application__country__in=free,
    )
    first: dict[str, int] = {}
    return {
        place.pk
        for place in waiting
        if place.position == first.setdefault(place.decision.application.country_id, place.position)
    }


def vacancies_to_fill() -> QuerySet[Award]:
    """The free vouchers for which somebody waits on the reserve list of the country."""
    waiting = ReservePlace.objects.filter(
        state=ReservePlace.State.WAITING,
        until__gte=timezone.now(),
        decision__application__call=OuterRef("application__call"),
        decision__application__country=OuterRef("application__country"),
    )
    return (
        Award.objects.filter(state__in=[Award.State.DECLINED, Award.State.LAPSED], replacement=None)
        .filter(Exists(waiting))
        .order_by("pk")
    )


def reserve_to_decide(user: User) -> QuerySet[SelectionRound]:
    """The rounds with a free voucher for which equal applications wait first in line."""
    waiting = ReservePlace.objects.filter(
        state=ReservePlace.State.WAITING,
        until__gte=timezone.now(),
        decision__application__call=OuterRef("application__call"),
        decision__application__country=OuterRef("application__country"),
    ).order_by("position", "pk")
    stuck = (
        vacancies_to_fill()
        .annotate(
            first=Subquery(waiting.values("position")[:1]),
            second=Subquery(waiting.values("position")[1:2]),
        )
        .filter(first=F("second"))
    )
    rounds = stuck.order_by().values("decision__selection_round")
    return rounds_visible_to(user).filter(pk__in=rounds)
