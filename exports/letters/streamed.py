"""A ZIP that is sent while it is written: nothing of it is held in memory or on the disk."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class StreamedFile:
    """One file of it: its name, of when it is (aware), and its bytes, read when their turn comes."""

    name: str
    at: datetime
    pieces: Iterable[bytes]


def streamed_zip(members: Iterable[StreamedFile]) -> Iterator[bytes]:
    """The bytes of the ZIP, piece by piece, while its members are read; each below 2 GB."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w") as archive:  # type: ignore[call-overload]
        for member in members:
            info = zipfile.ZipInfo(member.name, member.at.astimezone(UTC).timetuple()[:6])
            # Also what is compressed already: many programs cannot unpack what was stored and streamed.
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w") as file:
                for piece in member.pieces:
                    file.write(piece)
                    yield sink.taken()
            yield sink.taken()
    yield sink.taken()


class _Sink:
    """What `zipfile` writes to: it cannot go back, and is emptied after each piece."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._written.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits elsewhere."""

    def taken(self) -> bytes:
        """What was written since it was asked last."""
        taken = b"".join(self._written)
        self._written.clear()
        return taken
