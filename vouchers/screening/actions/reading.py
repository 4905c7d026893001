"""Reading an uploaded list: by one worker, once, whatever dies in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from time import monotonic
from typing import BinaryIO, cast

from jobs.actions.conducting import LongConductor, Tell
from vouchers.screening.models import ListedEntity, ListedName, SanctionsList
from vouchers.screening.rules.lists import read_list
from vouchers.screening.rules.names import compared, sound
from vouchers.screening.rules.reading import Entity, NotAList

_BATCH = 2000
_REPORT_EVERY = 1.0


@dataclass
class WhatItSays:
    """What a file says, or why it says nothing (`fault`, of FAULTS, and what was found)."""

    day: date | None = None
    entities: list[Entity] = field(default_factory=list)
    fault: str = ""
    detail: str = ""


class ReadingLists(LongConductor[SanctionsList, WhatItSays]):
    """Reads entity by entity, and keeps all of them or none."""

    model = SanctionsList
    action = "read_list"

    def make(self, sanctions_list: SanctionsList, tell: Tell) -> WhatItSays:
        tell(0, sanctions_list.size)
        told = monotonic()
        found = WhatItSays()
        with sanctions_list.file.open("rb") as file:
            stream = cast(BinaryIO, file)
            try:
                reading = read_list(stream)
                for entity in reading.entities:
                    if entity.names:
                        found.entities.append(entity)
                    if monotonic() - told > _REPORT_EVERY:
                        told = monotonic()
                        tell(min(stream.tell(), sanctions_list.size), sanctions_list.size)
                found.day = reading.day
                if not found.entities:
                    raise NotAList("no_names")
            except NotAList as error:
                return WhatItSays(fault=error.fault, detail=error.detail)
        return found

    def keep(self, sanctions_list: SanctionsList, found: WhatItSays) -> Sequence[str]:
        sanctions_list.listed_on = found.day
        sanctions_list.fault, sanctions_list.fault_detail = found.fault, found.detail
        sanctions_list.entities = len(found.entities)
        sanctions_list.names = sum(len(entity.names) for entity in found.entities)
        for start in range(0, len(found.entities), _BATCH):
            _keep(sanctions_list, found.entities[start : start + _BATCH])
        return ["listed_on", "fault", "fault_detail", "entities", "names"]


LISTS = ReadingLists()


def _keep(sanctions_list: SanctionsList, entities: Sequence[Entity]) -> None:
    rows = ListedEntity.objects.bulk_create(
        ListedEntity(
            sanctions_list=sanctions_list,
            reference=entity.reference[:60],
            is_person=entity.is_person,
            programme=entity.programme[:60],
            regulation=entity.regulation[:200],
            births=[birth[:40] for birth in entity.births],
            remark=entity.remark,
        )
        for entity in entities
    )
    ListedName.objects.bulk_create(
        ListedName(
            entity=row,
            name=alias.name,
            language=alias.language[:10],
            letters=compared(alias.name),
            sound=sound(alias.name),
        )
        for row, entity in zip(rows, entities, strict=True)
        for alias in entity.names
    )
