"""The reserve list: places given at publication, the next one offered, the list closed in time."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.queries import writers_for
from conduct.actions import (
    NoSpace,
    Refused,
    TooLate,
    action,
    locked,
    move,
    require,
    require_state,
    require_words,
)
from conduct.queries.clock import database_now
from conduct.queries.days import day_of, end_of
from jobs.actions.trouble import for_each
from notices.actions import notify_each
from vouchers.applications.letters import application_facts
from vouchers.applications.models import Application
from vouchers.applications.queries import officers_told_of
from vouchers.awards.actions.offers import offer_award
from vouchers.awards.models import Award, Decision, Outcome, ReservePlace, SelectionRound
from vouchers.awards.permissions import may_steer_round
from vouchers.awards.queries.reserve import first_in_line, vacancies, vacancies_to_fill
from vouchers.awards.queries.selection import coordinators_of
from vouchers.calls.models import CountryQuota

logger = logging.getLogger(__name__)


def put_on_reserve(selection_round: SelectionRound) -> None:
    """Give every reserve decision its place in its country, as a part of the publication.

    Equal ranks share a place. The list stands for `Call.days_on_reserve` days from publication.
    """
    by_country: dict[str, list[Decision]] = defaultdict(list)
    reserved = selection_round.decisions.filter(outcome=Outcome.RESERVE).select_related(
        "application__country", "selection_round__call"
    )
    for decision in reserved.order_by("rank", "pk"):
        by_country[decision.application.country_id].append(decision)
    ReservePlace.objects.bulk_create(
        ReservePlace(
            decision=decision,
            position=before + 1,
            until=_reserve_until(decision),
        )
        for decisions in by_country.values()
        for decision, before in _with_how_many_before(decisions)
    )


def _with_how_many_before(decisions: Sequence[Decision]) -> Iterator[tuple[Decision, int]]:
    """Decisions in the order of their ranks, each with how many of them have a better one."""
    before = 0
    for at, decision in enumerate(decisions):
        if at and decisions[at - 1].rank < decision.rank:
            before = at
        yield decision, before


@action(gettext_lazy("Voucher offered from the reserve list"))
def fill_vacancy(vacated: Award, *, by: User | None) -> Award | None:
    """Offer the voucher of an award that was declined or lapsed to the next on the reserve list.

    An action of its own, since the next cluster reads the history of its application, and who
    declined before it, and why, is not for it. Once: the database keeps one award for each vacancy.
    Where the first in line are equal, or nothing can be offered, coordinators are told instead.
    """
    vacated = locked(vacated)
    application = vacated.application
    _lock_quota(application)
    if vacated not in vacancies(application.call_id, application.country_id):
        return None
    line = first_in_line(application.call_id, application.country_id)
    if len(line) > 1:
        _tell_coordinators(vacated, [place.decision for place in line])
    if len(line) != 1:
        return None
    try:
        with transaction.atomic():
            return _offer_place(line[0], by=by, in_place_of=vacated)
    except NoSpace:
        # Nothing is wrong with the place: it is offered once there is room.
        raise
    except Refused as refusal:
        logger.warning("Place %s could not be offered: %s", line[0].pk, refusal)
        _tell_coordinators(vacated, [line[0].decision])
        return None


def fill_vacancies() -> int:
    """Offer every free voucher to who comes next; how many were offered. One error stops no other."""
    return for_each(
        "vacancies",
        vacancies_to_fill(),
        lambda vacated: fill_vacancy(vacated, by=None) is not None,
    )


@action(gettext_lazy("Voucher offered from the reserve list"))
def offer_from_reserve(place: ReservePlace, *, because: str, by: User) -> Award:
    """Offer a free voucher to one of the first in line, by hand: for what a tie leaves open.

    Why is on the place and not in the history, which the cluster reads. Raises NotAllowed for
    who is shut out of an application of the call, Refused without a reason, out of turn, and while
    no voucher of the country is free; TooLate when the place has expired.
    """
    place = locked(place)
    require(may_steer_round, by, place.decision.selection_round)
    require_words(because, _("Say why this application comes next."))
    application = place.decision.application
    _lock_quota(application)
    require_state(place, ReservePlace.State.WAITING)
    if place.until < database_now():
        raise TooLate(_("The reserve list is closed: this place has expired."))
    if place not in first_in_line(application.call_id, application.country_id):
        raise Refused(_("Others come before it on the reserve list."))
    place.reason = because
    vacancy = vacancies(application.call_id, application.country_id).first()
    return _offer_place(place, by=by, in_place_of=vacancy)


@action(gettext_lazy("Reserve list closed"))
def close_reserve_place(place: ReservePlace, *, by: User | None) -> bool:
    """Close a place whose time is over, and tell its cluster; whether this call did."""
    place = locked(place)
    if place.state != ReservePlace.State.WAITING or place.until >= timezone.now():
        return False
    move(place, ReservePlace.State.EXPIRED)
    place.save()
    application = locked(place.decision.application)
    move(application, Application.State.REFUSED)
    application.save()
    notify_each(
        writers_for(application.cluster),
        "reserve-expired",
        facts=application_facts(application),
        about=application,
        key=f"reserve-expired-{place.pk}",
    )
    return True


def close_reserve_lists(now: datetime | None = None) -> int:
    """Close every place whose time is over; how many. One that fails does not stop the rest."""
    now = now or timezone.now()
    over = ReservePlace.objects.filter(state=ReservePlace.State.WAITING, until__lt=now)
    return for_each(
        "reserve_places",
        over.order_by("until", "pk"),
        lambda place: close_reserve_place(place, by=None),
    )


def add_to_reserve(decision: Decision) -> ReservePlace:
    """Put an application at the end of its country's reserve list, as a part of an action."""
    application = decision.application
    others = ReservePlace.objects.filter(
        decision__application__call=application.call_id,
        decision__application__country=application.country_id,
    )
    last = others.order_by("-position").values_list("position", flat=True).first()
    until = _reserve_until(decision, timezone.now())
    position = (last or 0) + 1
    expired = ReservePlace.objects.select_for_update().filter(decision=decision).first()
    if expired is None:
        return ReservePlace.objects.create(decision=decision, position=position, until=until)
    move(expired, ReservePlace.State.WAITING)
    expired.position, expired.until = position, until
    expired.save()
    return expired


def leave_reserve(decision: Decision) -> None:
    """Take an application that is offered a voucher otherwise out of the line."""
    place = ReservePlace.objects.select_for_update().filter(decision=decision).first()
    if place is not None and place.state == ReservePlace.State.WAITING:
        move(place, ReservePlace.State.OFFERED)
        place.save()


def _offer_place(place: ReservePlace, *, by: User | None, in_place_of: Award | None) -> Award:
    move(place, ReservePlace.State.OFFERED)
    place.save()
    application = locked(place.decision.application)
    move(application, Application.State.SELECTED)
    application.save()
    award = offer_award(
        place.decision, application, by=by, in_place_of=in_place_of, from_reserve=True
    )
    notify_each(
        officers_told_of(application),
        "reserve-promoted",
        facts=application_facts(application),
        about=award,
        key=f"reserve-promoted-{place.pk}",
    )
    return award


def _tell_coordinators(vacated: Award, waiting: list[Decision]) -> None:
    """That people must decide who comes next; told once for each vacancy."""
    facts = {
        **application_facts(vacated.application),
        "waiting": [decision.application.reference for decision in waiting],
    }
    notify_each(
        coordinators_of(vacated.application.call),
        "reserve-tied",
        facts=facts,
        about=vacated.decision.selection_round,
        key=f"reserve-tied-{vacated.pk}",
    )


def _lock_quota(application: Application) -> None:
    """Let two vacancies of one country be filled one after the other."""
    CountryQuota.objects.select_for_update().get(
        call=application.call_id, country=application.country_id
    )


def _reserve_until(decision: Decision, start: datetime | None = None) -> datetime:
    """The last second of the list, in the zone of the applicant's country."""
    start = start or decision.selection_round.published_at or timezone.now()
    zone = decision.application.country.zone
    days = timedelta(days=decision.selection_round.call.days_on_reserve)
    return end_of(day_of(start, zone) + days, zone)
