"""What events say: the row as each left it, and as the one before left it, in one statement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from conduct.models import Trace
from conduct.models.tracing import event_models
from conduct.queries.scoping import for_system

Row = dict[str, Any]


@dataclass(frozen=True)
class EventRows:
    """The columns of a record after an event and before it (empty for a new one), as plain JSON."""

    after: Row
    before: Row


@for_system("what is read was found by traces_visible_to")
def rows_of(traces: Sequence[Trace]) -> dict[tuple[str, int], EventRows]:
    """The rows of the events behind the traces, by kind and event; one statement for all kinds."""
    models = event_models()
    wanted: dict[str, list[int]] = {}
    for trace in traces:
        if trace.kind in models:
            wanted.setdefault(trace.kind, []).append(trace.event)
    if not wanted:
        return {}
    parts = [_SELECT.format(table=models[kind]._meta.db_table) for kind in wanted]
    arguments = [argument for kind, events in wanted.items() for argument in (kind, events)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), arguments)
        return {
            (kind, event): EventRows(_plain(after), _plain(before))
            for kind, event, after, before in cursor.fetchall()
        }


# By the key of the events, and of the events before them by the index of their record.
_SELECT = """
    SELECT %s::text, event.pgh_id, to_jsonb(event), (
        SELECT to_jsonb(earlier) FROM public."{table}" earlier
        WHERE earlier.pgh_obj_id = event.pgh_obj_id AND earlier.pgh_id < event.pgh_id
        ORDER BY earlier.pgh_id DESC LIMIT 1
    )
    FROM public."{table}" event WHERE event.pgh_id = ANY(%s)
"""


def _plain(row: str | None) -> Row:
    """The columns of the record itself; amounts keep all their digits."""
    read = json.loads(row, parse_float=Decimal) if row else {}
    return {name: value for name, value in read.items() if not name.startswith("pgh_")}
