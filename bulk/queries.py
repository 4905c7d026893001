"""What somebody did, or is about to do, to several rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import User

from .kinds import BulkAction, BulkList
from .models import BulkItem, BulkRun

Outcome = BulkItem.Outcome


def runs_visible_to(user: User) -> QuerySet[BulkRun]:
    """The person's own: what they chose says what they could see then."""
    return BulkRun.objects.filter(by=user)


def pressed_by(user: User) -> QuerySet[BulkRun]:
    """What the person has pressed: their own runs but for what was only chosen."""
    return runs_visible_to(user).exclude(pressed_at=None)


def with_outcomes(runs: QuerySet[BulkRun]) -> QuerySet[BulkRun]:
    """The runs with how many rows each had (`rows`), and how many ended in which way (`rows_done` …)."""
    counts = {
        f"rows_{outcome.value}": Count("items", filter=Q(items__outcome=outcome))
        for outcome in Outcome
    }
    return runs.annotate(rows=Count("items"), **counts)


@dataclass(frozen=True)
class Beforehand:
    """What a press would do: to how many, and who would be left out by which reason."""

    ready: list[BulkItem] = field(default_factory=list)
    skipped: dict[str, list[BulkItem]] = field(default_factory=dict)
    gone: list[BulkItem] = field(default_factory=list)

    @property
    def left_out(self) -> int:
        return sum(map(len, self.skipped.values()))

    @property
    def mark(self) -> str:
        """Which rows it would be done to, in 64 letters: a page sends back what it showed."""
        return sha256("\n".join(sorted(item.key for item in self.ready)).encode()).hexdigest()


def beforehand(
    items: Sequence[BulkItem], records: Sequence[Any], action: BulkAction, by: User
) -> Beforehand:
    """The chosen rows, judged on the `records` as they are now; a constant number of queries."""
    reached = {str(record.pk) for record in records}
    why = {str(key): reason for key, reason in action.skips(by, records).items()}
    told = Beforehand()
    for item in items:
        if item.key not in reached:
            told.gone.append(item)
        elif reason := why.get(item.key):
            told.skipped.setdefault(reason, []).append(item)
        else:
            told.ready.append(item)
    return told


def records_of(items: Sequence[BulkItem], among: BulkList, user: User) -> QuerySet[Any]:
    """The records of the rows that the person reaches now."""
    return among.records(user).filter(pk__in=[item.key for item in items])


@dataclass(frozen=True)
class Ended:
    """Rows that ended alike: how many, and those of them that the person still reaches."""

    number: int
    shown: list[BulkItem]

    @property
    def unseen(self) -> int:
        return self.number - len(self.shown)


@dataclass(frozen=True)
class Afterwards:
    """What became of the rows of a run."""

    done: Ended
    unchanged: Ended
    refused: Ended
    gone: Ended
    waiting: Ended


def afterwards(items: Sequence[BulkItem], among: BulkList | None, user: User) -> Afterwards:
    """The rows by what became of them; one query.

    What a row is called was kept when it was chosen: it is shown while the person reaches the row, and
    not where its list is offered no more.
    """
    rows = records_of(items, among, user).values_list("pk", flat=True) if among else ()
    reached = {str(key) for key in rows}

    def those(outcome: str) -> Ended:
        alike = [item for item in items if item.outcome == outcome]
        return Ended(len(alike), [item for item in alike if item.key in reached])

    return Afterwards(
        done=those(Outcome.DONE),
        unchanged=those(Outcome.UNCHANGED),
        refused=those(Outcome.REFUSED),
        gone=those(Outcome.GONE),
        waiting=those(Outcome.WAITING),
    )
