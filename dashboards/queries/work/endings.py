"""Vouchers that end otherwise than planned: what waits for whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from dashboards.queries.waiting import NAMED, Kind, WaitingRecord, WaitingWork, WorkItem
from vouchers.awards.models import SelectionRound
from vouchers.awards.queries import places_of_ended
from vouchers.endings.amendments.queries import (
    amendments_to_countersign,
    extensions_to_draw_up,
)
from vouchers.endings.models import Ending, Extension
from vouchers.endings.queries import (
    endings_to_decide,
    extensions_to_answer,
    extensions_to_grant,
    suspended_to_look_at,
    vouchers_to_lapse,
    vouchers_without_manager,
)


def ended_by_officer() -> Iterator[Kind]:
    """More time, suspensions and clusters without a manager, in an officer's countries."""
    vouchers = reverse("dashboards:vouchers")
    yield _more_time(extensions_to_answer)
    yield WaitingWork(
        "suspended",
        _("Suspended vouchers: look at them again"),
        suspended_to_look_at,
        f"{vouchers}?state=suspended",
        lambda found: f"{found.get_absolute_url()}#time",
    )
    yield WaitingWork(
        "without-manager",
        _("Clusters without a manager: name who acts for them"),
        vouchers_without_manager,
        f"{vouchers}?ending=no_manager",
        lambda found: f"{found.get_absolute_url()}#time",
    )


def ended_by_coordinator(user: User) -> Iterator[Kind]:
    """More time, early ends, and vouchers that nobody uses or that are free again."""
    vouchers = reverse("dashboards:vouchers")
    yield _more_time(extensions_to_grant)
    yield WaitingWork(
        "amendments-to-draw-up",
        _("More time was agreed to: draw up the amendment of the agreement"),
        extensions_to_draw_up,
        f"{vouchers}?ending=extension",
        lambda found: reverse("endings:amend", args=[found.voucher_id]),
        label=lambda found: str(found.voucher),
    )
    yield WaitingWork(
        "amendments",
        _("Counter-sign amendments of agreements"),
        amendments_to_countersign,
        f"{vouchers}?agreement=amendment",
        lambda found: reverse("endings:countersign_amendment", args=[found.pk]),
        label=lambda found: str(found.voucher),
    )
    yield WaitingWork(
        "endings",
        _("Decide whether vouchers end"),
        endings_to_decide,
        f"{vouchers}?ending=proposed",
        Ending.get_absolute_url,
        label=lambda found: str(found.voucher),
    )
    unused = vouchers_to_lapse(user)
    waiting = [
        WaitingRecord(str(one), reverse("endings:lapse", args=[one.pk])) for one in unused[:NAMED]
    ]
    text = _("Unused vouchers: confirm that they lapse")
    yield WorkItem("unused-vouchers", text, len(unused), f"{vouchers}?ending=warned", waiting)
    yield WaitingWork(
        "free-vouchers",
        _("A voucher ended unused: offer it to the next of the reserve list"),
        places_of_ended,
        reverse("awards:rounds"),
        SelectionRound.get_absolute_url,
    )


def _more_time(extensions: Callable[[User], QuerySet[Extension]]) -> WaitingWork:
    return WaitingWork(
        "more-time",
        _("Decide on more time for vouchers"),
        extensions,
        f"{reverse('dashboards:vouchers')}?ending=extension",
        Extension.get_absolute_url,
        label=lambda found: str(found.voucher),
    )
