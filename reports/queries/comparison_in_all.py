"""The same comparison over all that there is of a call, as its report states it: pinned to the books."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from conduct.queries.counting import rows_of
from conduct.queries.scoping import for_system
from vouchers.applications.models import SENT, Application
from vouchers.awards.models import Award, Voucher
from vouchers.books.models import LedgerAccount, LedgerHead
from vouchers.calls.models import Call

from .comparison import STEPS, LifeDay, what_by_then


@for_system("the figures of a whole call, for who may report them")
def _every_application() -> QuerySet[Any]:
    return Application.objects.filter(SENT)


@for_system("the figures of a whole call, for who may report them")
def _every_award() -> QuerySet[Any]:
    return Award.objects.all()


@for_system("the figures of a whole call, for who may report them")
def _every_voucher() -> QuerySet[Any]:
    return Voucher.objects.all()


@for_system("the figures of a whole call, for who may report them")
def _every_account() -> QuerySet[Any]:
    return LedgerAccount.objects.filter(kind=LedgerAccount.Kind.BANK)


# The records of each step, by its name.
EVERY: Mapping[str, Callable[[], QuerySet[Any]]] = {
    "sent": _every_application,
    "eligible": _every_application,
    "offered": _every_award,
    "issued": _every_voucher,
    "worth": _every_voucher,
    "paid": _every_account,
}


@for_system("the figures of a whole call, for who may report them")
def compared_in_all(lives: Sequence[LifeDay], upto: Mapping[int, int]) -> dict[str, dict[int, Any]]:
    """By step and call (its key): what all of it had come to by its day; one statement.

    Of the books of each call no entry counts above the number that `upto` has for it, so that what was
    paid is found again later. Applications, awards and vouchers are counted by their days as they stand
    when it is asked: of the last day more, where it was not over.
    """
    found = rows_of([what_by_then(step, EVERY[step.name](), lives, upto=upto) for step in STEPS])
    return {
        step.name: {row["in_call"]: row["then"] for row in rows}
        for step, rows in zip(STEPS, found, strict=True)
    }


@for_system("which calls there were is public")
def calls_that_opened() -> list[Call]:
    """Every call but drafts, the newest first; one query."""
    return list(Call.objects.exclude(state=Call.State.DRAFT).order_by("-opens_at"))


@for_system("where the books of calls stand, for who may report of them")
def newest_entries(calls: Sequence[Call]) -> dict[int, int]:
    """The number of the newest entry in the books of each call; one query."""
    heads = LedgerHead.objects.filter(call__in=[call.pk for call in calls])
    return dict.fromkeys((call.pk for call in calls), 0) | dict(heads.values_list("call", "number"))
