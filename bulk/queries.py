"""What somebody did, or is about to do, to several rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from accounts.models import User

from .kinds import BulkAction, BulkList
from .models import BulkItem, BulkRun

Outcome = BulkItem.Outcome


def runs_visible_to(user: User) -> QuerySet[BulkRun]:
    """The person's own: what they chose says what they could see then."""
    return BulkRun.objects.filter(by=user)


@dataclass(frozen=True)
class Beforehand:
    """What a press would do: to how many, and who would be left out by which reason."""

    ready: list[BulkItem] = field(default_factory=list)
    skipped: dict[str, list[BulkItem]] = field(default_factory=dict)
    gone: int = 0

    @property
    def left_out(self) -> int:
        return sum(map(len, self.skipped.values()))


def beforehand(
    items: Sequence[BulkItem], records: Sequence[Any], action: BulkAction, by: User
) -> Beforehand:
    """The chosen rows, judged on the `records` as they are now; a constant number of queries."""
    found = {str(record.pk): record for record in records}
    why = {str(key): reason for key, reason in action.skips(by, records).items()}
    told = Beforehand(gone=sum(item.key not in found for item in items))
    for item in items:
        if item.key not in found:
            continue
        if reason := why.get(item.key):
            told.skipped.setdefault(reason, []).append(item)
        else:
            told.ready.append(item)
    return told


def records_of(items: Sequence[BulkItem], among: BulkList, user: User) -> QuerySet[Any]:
    """The records of the rows that the person reaches now."""
    return among.records(user).filter(pk__in=[item.key for item in items])


@dataclass(frozen=True)
class Afterwards:
    """What became of the rows of a run."""

    done: list[BulkItem]
    unchanged: list[BulkItem]
    refused: list[BulkItem]
    gone: list[BulkItem]
    waiting: list[BulkItem]


def afterwards(items: Sequence[BulkItem]) -> Afterwards:
    """The rows by what became of them."""

    def those(outcome: str) -> list[BulkItem]:
        return [item for item in items if item.outcome == outcome]

    return Afterwards(
        done=those(Outcome.DONE),
        unchanged=those(Outcome.UNCHANGED),
        refused=those(Outcome.REFUSED),
        gone=those(Outcome.GONE),
        waiting=those(Outcome.WAITING),
    )
