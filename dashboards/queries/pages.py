"""The page of what a cluster is waited for with, of several vouchers at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.models import User
from clusters.models import Representative, RepresentativeLevel
from conduct.queries.scoping import for_system
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.needs.models import NeedsRecord
from vouchers.awards.models import Voucher
from vouchers.endings.amendments.models import Amendment
from vouchers.providers.quotes.models import TermsOfReference
from vouchers.standing.models import Standing
from vouchers.standing.rules import AwaitedTask

_OF_QUOTES = (
    AwaitedTask.ASK_FOR_QUOTES,
    AwaitedTask.OPEN_QUOTES,
    AwaitedTask.CHOOSE_QUOTE,
)


class _HasPage(Protocol):
    def get_absolute_url(self) -> str: ...


def pages_waiting(standings: Iterable[Standing], user: User) -> dict[int, str]:
    """By the id of a voucher where the person finds what waits for its cluster, where that has a page.

    One query for each task that is waited for, however many vouchers are asked about. The standings
    know their vouchers already.
    """
    asked: dict[AwaitedTask, list[Voucher]] = {}
    for standing in standings:
        if standing.task:
            asked.setdefault(AwaitedTask(standing.task), []).append(standing.voucher)
    found = {
        voucher: record.get_absolute_url()
        for task, vouchers in asked.items()
        for voucher, record in _records(task, vouchers)
    }
    return found | _to_sign(asked.get(AwaitedTask.SIGN_AMENDMENT, []), user)


@for_system("of vouchers that the caller has chosen")
def _to_sign(vouchers: list[Voucher], user: User) -> dict[int, str]:
    """Where an amendment is read and signed: by a manager of the cluster alone, others look at it."""
    if not vouchers:
        return {}
    managed = Representative.objects.filter(
        user=user,
        level=RepresentativeLevel.MANAGER,
        cluster=OuterRef("voucher__award__application__cluster"),
    )
    waiting = Amendment.objects.filter(voucher__in=vouchers, state=Amendment.State.DRAWN_UP)
    return {
        one.voucher_id: reverse("endings:sign_amendment", args=[one.pk])
        if one.may_sign
        else one.get_absolute_url()
        for one in waiting.annotate(may_sign=Exists(managed))
    }


def _records(task: AwaitedTask, vouchers: list[Voucher]) -> Iterator[tuple[int, _HasPage]]:
    """The records in the order in which they are dealt with, the one to lead to last."""
    if task == AwaitedTask.CONFIRM_NEEDS:
        shared = NeedsRecord.objects.filter(
            voucher__in=vouchers, state=NeedsRecord.State.SHARED
        ).order_by("number")
        yield from ((one.voucher_id, one) for one in shared)
    elif task == AwaitedTask.ACCEPT:
        handed_in = (
            Deliverable.objects.filter(
                milestone__plan__voucher__in=vouchers, state=Deliverable.State.SUBMITTED
            )
            .select_related("milestone__plan")
            .order_by("-submitted_at", "-pk")
        )
        yield from ((one.milestone.plan.voucher_id, one) for one in handed_in)
    elif task in _OF_QUOTES:
        terms = TermsOfReference.objects.filter(voucher__in=vouchers).order_by("begun_at")
        yield from ((one.voucher_id, one) for one in terms)
