"""Tables of plain rows: what a column holds is said once, for every kind of file.

Files for people show the translated heading and the words of a value in the reader's language. Files
for programs bear the column's key and the value's own key, in English whatever the language; columns
are added at the end and never change, since whoever reads by program relies on names and order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple


class Kind(Enum):
    """What the cells of a column hold, where their values alone do not say it."""

    BY_VALUE = "by value"
    TEXT = "text"
    NUMBER = "number"
    # A number of days, always whole.
    DAYS = "days"
    # A day of a calendar (`date`), and an instant (aware `datetime`), written in UTC.
    DAY = "day"
    MOMENT = "moment"
    # Decimal EUR, or Money in another currency.
    MONEY = "money"
    YES_NO = "yes or no"
    # A key of which `words` says what it means.
    STATE = "state"


class Money(NamedTuple):
    """An amount in a currency (ISO 4217)."""

    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Column:
    """One column: its key, its heading for people, and in English what it holds.

    `value` reads it from a record, for tables that are made of records. `words` says the values for
    people where they are keys. A fraction is rounded half up to so many `decimals`; `width` is that of
    a spreadsheet, in letters.
    """

    key: str
    heading: object = ""
    means: str = ""
    kind: Kind = Kind.BY_VALUE
    value: Callable[[Any], Any] | None = None
    words: Mapping[str, object] = field(default_factory=dict)
    decimals: int = 4
    width: int = 0


@dataclass(frozen=True)
class Table:
    """Rows under their columns, each as long as these; `name` is that of its file, in English.

    Rows may be read only once, where they come from the database as they are written.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]

    def position(self, key: str) -> int:
        """Which column bears the key, from 0."""
        return [column.key for column in self.columns].index(key)


@dataclass(frozen=True)
class HeldTable(Table):
    """A table whose rows are all there: they can be counted, and read again."""

    rows: Sequence[Sequence[Any]]


def table_of_keys(name: str, keys: Iterable[str], rows: Iterable[Sequence[Any]]) -> Table:
    """A table for programs alone: its columns have keys and nothing else."""
    return Table(name, [Column(key) for key in keys], rows)


def table_of_records(name: str, columns: Sequence[Column], records: Iterable[Any]) -> Table:
    """A table with a row for each record, read as it is written; every column has a `value`."""
    readers = [column.value for column in columns]
    if not all(readers):
        raise ValueError("every column of a table of records needs a value")
    rows = ([reader(record) for reader in readers if reader] for record in records)
    return Table(name, columns, rows)
