"""A list of sanctions in the Commission's CSV: one line a name, a birth or an address. Pure.

Columns are found by their headings, whatever their order; the lines of an entity follow one another.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import BinaryIO

from .reading import MOST_OF_ONE, Entity, NamedAs, NotAList, day_from

_DATED = "fileGenerationDate"
_KEY = "Entity_LogicalId"
_WHOLE = "NameAlias_WholeName"
_NEEDED = (_DATED, _KEY, _WHOLE)
# A cell of the list holds some hundred characters; remarks are the longest.
_LONGEST_CELL = 100_000


def read_csv(file: BinaryIO, dated: Callable[[date], None]) -> Iterator[Entity]:
    """The entities of the file, one after the other; `dated` is told the day of the list first.

    Raises NotAList without the columns that are needed, without a day, for what is no UTF-8, and for a
    line that is cut.
    """
    csv.field_size_limit(_LONGEST_CELL)
    lines = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        yield from _entities(csv.DictReader(lines, delimiter=";", strict=True), dated)
    except UnicodeDecodeError as error:
        raise NotAList("not_text") from error
    except csv.Error as error:
        raise NotAList("cut", str(error)) from error
    finally:
        lines.detach()


def _entities(rows: csv.DictReader[str], dated: Callable[[date], None]) -> Iterator[Entity]:
    lacking = [column for column in _NEEDED if column not in (rows.fieldnames or ())]
    if lacking:
        raise NotAList("no_columns", ", ".join(lacking))
    current, key = None, ""
    for row in rows:
        if None in row.values() or None in row:
            raise NotAList("cut", str(rows.line_num))
        if current is None or row[_KEY] != key:
            if current is None:
                dated(_day(row))
            else:
                yield current
            current, key = _entity(row), row[_KEY]
        _add(current, row)
    if current is not None:
        yield current


def _day(row: Mapping[str, str]) -> date:
    day = day_from(row[_DATED])
    if day is None:
        raise NotAList("no_date", row[_DATED])
    return day


def _entity(row: Mapping[str, str]) -> Entity:
    kind = row.get("Entity_SubjectType") or row.get("Entity_SubjectType_ClassificationCode") or ""
    return Entity(
        reference=row.get("Entity_EU_ReferenceNumber") or row[_KEY],
        is_person=kind.upper() in ("P", "PERSON"),
        programme=row.get("Entity_Regulation_Programme", ""),
        regulation=row.get("Entity_Regulation_NumberTitle", ""),
        remark=row.get("Entity_DesignationDetails", ""),
    )


def _add(entity: Entity, row: Mapping[str, str]) -> None:
    name = NamedAs(row[_WHOLE].strip(), row.get("NameAlias_NameLanguage", "").lower())
    if name.name and name not in entity.names:
        entity.names.append(name)
    birth = row.get("BirthDate_BirthDate") or row.get("BirthDate_Year") or ""
    if birth and birth not in entity.births:
        entity.births.append(birth)
    if len(entity.names) + len(entity.births) > MOST_OF_ONE:
        raise NotAList("too_many", entity.reference)
