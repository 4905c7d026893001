"""Reads of reserve lists, and of the vouchers that are free for them."""

from __future__ import annotations

from collections import Counter

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from accounts.models import User
from conduct.queries.days import now
from conduct.queries.scoping import for_system
from vouchers.awards.models import Award, ReservePlace, SelectionRound, Voucher
from vouchers.awards.queries.selection import rounds_visible_to
from vouchers.calls.models import CountryQuota

# The voucher of an accepted award that ended before anything of it was used, where the call says that
# the reserve list has it next.
ENDED_UNUSED = Q(
    state=Award.State.ACCEPTED,
    voucher__state=Voucher.State.TERMINATED,
    voucher__released=F("voucher__amount"),
    application__call__offers_again_after_ending=True,
)
_DECLINED = Q(state__in=[Award.State.DECLINED, Award.State.LAPSED])


def reserve_list(selection_round: SelectionRound) -> QuerySet[ReservePlace]:
    """The places of a round by country and position."""
    return (
        ReservePlace.objects.filter(decision__selection_round=selection_round)
        .select_related("decision__application__cluster", "decision__application__country")
        .order_by("decision__application__country_id", "position", "pk")
    )


@for_system("the rules of the reserve list look at the whole country")
def first_in_line(call: int, country: str) -> list[ReservePlace]:
    """The waiting places of a country that come first: several where they are equal. Locked."""
    waiting = list(
        ReservePlace.objects.select_for_update(of=("self",))
        .filter(
            decision__application__call=call,
            decision__application__country=country,
            state=ReservePlace.State.WAITING,
            until__gte=now(),
        )
        .select_related("decision__application__country", "decision__selection_round__call")
        .order_by("position", "pk")
    )
    return [place for place in waiting if place.position == waiting[0].position]


@for_system("the rules of the reserve list look at the whole country")
def vacancies(call: int, country: str) -> QuerySet[Award]:
    """The awards of a country that were declined or lapsed, or whose voucher ended unused, and whose
    voucher nobody has yet. What ended is offered on by people alone, so that it comes last.
    """
    return Award.objects.filter(
        _DECLINED | ENDED_UNUSED,
        application__call=call,
        application__country=country,
        replacement=None,
    ).order_by(Case(When(state=Award.State.ACCEPTED, then=1), default=0), "pk")


@for_system("the rules of the reserve list look at the whole country")
def is_vacant(award: Award) -> bool:
    """Whether the voucher of an award ended unused, and the reserve list may have it."""
    return Award.objects.filter(ENDED_UNUSED, pk=award.pk, replacement=None).exists()


def places_to_offer(selection_round: SelectionRound) -> set[int]:
    """The ids of the places first in line, in each country that has a free voucher."""
    held = Counter(
        Award.objects.filter(
            application__call=selection_round.call_id,
            state__in=[Award.State.OFFERED, Award.State.ACCEPTED],
        )
        .exclude(pk__in=Award.objects.filter(ENDED_UNUSED).values("pk"))
        .values_list("application__country", flat=True)
    )
    free = [
        quota.country_id
        for quota in CountryQuota.objects.filter(call=selection_round.call_id)
        if quota.vouchers + quota.moved > held[quota.country_id]
    ]
    waiting = reserve_list(selection_round).filter(
        state=ReservePlace.State.WAITING,
        until__gte=now(),
        decision__application__country__in=free,
    )
    first: dict[str, int] = {}
    return {
        place.pk
        for place in waiting
        if place.position == first.setdefault(place.decision.application.country_id, place.position)
    }


@for_system("background work offers vouchers on")
def vacancies_to_fill() -> QuerySet[Award]:
    """The free vouchers for which somebody waits on the reserve list of the country."""
    waiting = ReservePlace.objects.filter(
        state=ReservePlace.State.WAITING,
        until__gte=now(),
        decision__application__call=OuterRef("application__call"),
        decision__application__country=OuterRef("application__country"),
    )
    return Award.objects.filter(_DECLINED, Exists(waiting), replacement=None).order_by("pk")


def places_of_ended(user: User) -> QuerySet[SelectionRound]:
    """The rounds of which a voucher ended unused and may be offered to who waits on the reserve list."""
    waiting = ReservePlace.objects.filter(
        state=ReservePlace.State.WAITING,
        until__gte=now(),
        decision__application__call=OuterRef("application__call"),
        decision__application__country=OuterRef("application__country"),
    )
    free = Award.objects.filter(ENDED_UNUSED, Exists(waiting), replacement=None)
    rounds = free.order_by().values("decision__selection_round")
    return rounds_visible_to(user).filter(pk__in=rounds)


def reserve_to_decide(user: User) -> QuerySet[SelectionRound]:
    """The rounds with a free voucher for which equal applications wait first in line."""
    waiting = ReservePlace.objects.filter(
        state=ReservePlace.State.WAITING,
        until__gte=now(),
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


def places_visible_to(user: User) -> QuerySet[ReservePlace]:
    """The places on reserve lists of the rounds that the person may read."""
    rounds = rounds_visible_to(user).order_by().values("pk")
    places = ReservePlace.objects.filter(decision__selection_round__in=rounds)
    return places.select_related("decision__application")
