"""What figures come to: one statement for all figures of the same records, by country and call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db.models import F, IntegerField, QuerySet, Value

from accounts.models import User
from conduct.queries.counting import rows_in
from conduct.queries.prepared import Statement, statement, written
from vouchers.calls.models import Call

from .kinds import Figure, Period, Source


@dataclass(frozen=True)
class Scope:
    """What figures are asked for: of one call or all (None), of one country (ISO code) or all (''),
    and within a period those that have one.
    """

    call: Call | None = None
    country: str = ""
    period: Period | None = None


@dataclass
class Answers:
    """What figures come to, by country (its code) and call (its key).

    What belongs to no country, such as the money of a call, stands under None.
    """

    rows: dict[tuple[Any, Any], dict[str, Any]] = field(default_factory=dict)

    def of(self, name: str, *, country: str | None = None, call: int | None = None) -> Any:
        """A figure of one country, of one call, or of all; 0 where there is nothing of it."""
        return sum(
            (
                row.get(f"figure_{name}") or 0
                for (in_country, in_call), row in self.rows.items()
                if country in (None, in_country) and call in (None, in_call)
            ),
            start=0,
        )


def answers(user: User, figures: Sequence[Figure], scope: Scope) -> dict[str, Answers]:
    """What each figure comes to of what the person may read, by its name; one statement for all."""
    by_source: dict[Source, list[Figure]] = {}
    for one in figures:
        by_source.setdefault(one.source, []).append(one)
    found = rows_in([_statement(user, source, scope, ones) for source, ones in by_source.items()])
    return {
        one.name: told
        for ones, rows in zip(by_source.values(), found, strict=True)
        for told in [Answers({(row["in_country"], row["in_call"]): row for row in rows})]
        for one in ones
    }


def _statement(user: User, source: Source, scope: Scope, figures: Sequence[Figure]) -> Statement:
    """Of one source; written once for all calls and countries, and anew for each period."""
    narrowed: dict[str, int | str] = {}
    if scope.call is not None and source.call:
        narrowed[source.call] = scope.call.pk
    if scope.country and source.country:
        narrowed[source.country] = scope.country
    period = scope.period if source.within else None
    read = partial(_grouped, source=source, figures=figures, by=tuple(narrowed), period=period)
    values = list(narrowed.values())
    if period is not None and (period.first or period.last):
        return written(read(user, *values))
    return statement((*(one.name for one in figures), *narrowed), read, user, values)


def _grouped(
    user: User,
    *values: int | str,
    source: Source,
    figures: Sequence[Figure],
    by: Sequence[str],
    period: Period | None,
) -> QuerySet[Any]:
    """The figures of a source's records by country and call: of those that have `values` where `by`
    says, and within a period.
    """
    records = source.records(user).order_by().filter(**dict(zip(by, values, strict=True)))
    if period is not None and source.within:
        records = source.within(records, period)
    places = {"in_country": _value_of(source.country), "in_call": _value_of(source.call)}
    return records.values(**places).annotate(
        **{f"figure_{one.name}": one.measure() for one in figures}
    )


def _value_of(path: str) -> F | Value:
    return F(path) if path else Value(None, output_field=IntegerField())
