"""A file read as a list of sanctions, whichever of its two forms it has. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO

from .csv_form import read_csv
from .reading import Entity, NotAList, beginning
from .xml_form import read_xml

HEAD = 4096


@dataclass
class ListBeingRead:
    """A list while it is read: its form, its day once that is known, and its entities as they come."""

    form: str
    entities: Iterator[Entity]
    _days: list[date] = field(default_factory=list)

    @property
    def day(self) -> date:
        """The day of the list. Raises NotAList where nothing said it."""
        if not self._days:
            raise NotAList("no_names")
        return self._days[0]


def read_list(file: BinaryIO) -> ListBeingRead:
    """Begin to read a file. Raises NotAList for what can be told by its beginning."""
    file.seek(0)
    form = beginning(file.read(HEAD)).form
    file.seek(0)
    days: list[date] = []
    reader = read_xml if form == "xml" else read_csv
    return ListBeingRead(form, reader(file, days.append), days)
