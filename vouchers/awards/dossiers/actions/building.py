"""Making a decision dossier: by one worker, once, whatever dies in between.

The row is pending until the ZIP and its hash are committed together.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import IO

from django.core.files.base import File
from django.utils import timezone

from exports.letters.lines import csv_lines
from exports.rules.columns import table_of_keys
from jobs.actions.conducting import LongConductor, Tell
from vouchers.awards.dossiers.models import Dossier
from vouchers.awards.dossiers.queries.contents import DossierEntry, entries_of, unfinished_documents

# Letters that are being made are waited for so long; after that the manifest names them missing.
WAIT_FOR_LETTERS = timedelta(minutes=10)
_REPORT_EVERY = 1.0
MANIFEST_COLUMNS = ("path", "size", "sha256", "expected_sha256", "missing")


@dataclass(frozen=True)
class Packed:
    """One line of the manifest; without size and hash where the file is missing."""

    path: str
    size: int | None
    sha256: str
    expected_sha256: str = ""
    missing: str = ""


@dataclass(frozen=True)
class Packet:
    """The ZIP in a scratch file, its SHA-256, and the lines of its manifest."""

    file: IO[bytes]
    sha256: str
    lines: list[Packed]


class MakingDossiers(LongConductor[Dossier, Packet]):
    """Packs everything that a decision rests on, once its letters are made."""

    model = Dossier
    action = "make_dossier"
    along = ("selection_round__call",)

    def may_begin(self, dossier: Dossier) -> bool:
        now = timezone.now()
        waiting = unfinished_documents(dossier.selection_round).exists()
        if not waiting or now >= dossier.asked_at + WAIT_FOR_LETTERS:
            return True
        dossier.next_attempt_at = now + Dossier.PATIENCE / 2
        dossier.save(update_fields=["next_attempt_at"])
        return False

    def make(self, dossier: Dossier, tell: Tell) -> Packet:
        entries = entries_of(dossier.selection_round)
        tell(0, len(entries))
        file = tempfile.TemporaryFile()  # noqa: SIM115 - closed once it is kept
        try:
            lines = _pack(file, dossier, entries, tell)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
        except BaseException:
            file.close()
            raise
        return Packet(file, digest, lines)

    def keep(self, dossier: Dossier, packet: Packet) -> list[str]:
        with packet.file:
            file: File = File(packet.file)
            dossier.size, dossier.sha256, dossier.made_at = file.size, packet.sha256, timezone.now()
            dossier.missing = sum(bool(line.missing) for line in packet.lines)
            dossier.files = len(packet.lines) - dossier.missing
            dossier.file.save("", file, save=False)
        return ["file", "size", "sha256", "made_at", "missing", "files"]

    def discard(self, dossier: Dossier) -> None:
        dossier.file.delete(save=False)


DOSSIERS = MakingDossiers()


def make_dossier(dossier_id: int) -> bool:
    """Make the file of a pending dossier; whether this call made it."""
    return DOSSIERS.conduct(dossier_id)


def _pack(
    packet: IO[bytes], dossier: Dossier, entries: Sequence[DossierEntry], tell: Tell
) -> list[Packed]:
    """Write every file and the manifests into the ZIP; the lines of the manifest."""
    made_at = timezone.now()
    packed: list[Packed] = []
    reported = monotonic()
    with zipfile.ZipFile(packet, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        for number, entry in enumerate(entries, start=1):
            packed.append(_add(archive, entry, made_at))
            if monotonic() - reported > _REPORT_EVERY:
                tell(number, len(entries))
                reported = monotonic()
        _add(archive, DossierEntry("manifest.csv", lambda: _manifest_csv(packed)), made_at)
        facts = _manifest(dossier, packed, made_at)
        _add(archive, DossierEntry("manifest.json", lambda: iter([facts])), made_at)
    tell(len(entries), len(entries))
    return packed


def _add(archive: zipfile.ZipFile, entry: DossierEntry, made_at: datetime) -> Packed:
    """Write one file piece by piece, and count and hash what was written."""
    if entry.pieces is None:
        return Packed(entry.path, None, "", entry.expected, entry.missing)
    info = zipfile.ZipInfo(entry.path, made_at.astimezone(UTC).timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    digest, size = hashlib.sha256(), 0
    with archive.open(info, "w", force_zip64=True) as member:
        for piece in entry.pieces():
            member.write(piece)
            digest.update(piece)
            size += len(piece)
    return Packed(entry.path, size, digest.hexdigest(), entry.expected)


def _manifest(dossier: Dossier, packed: Sequence[Packed], made_at: datetime) -> bytes:
    there = [line for line in packed if not line.missing]
    selection_round = dossier.selection_round
    facts = {
        "call": selection_round.call.reference,
        "selection_round": selection_round.pk,
        "state": selection_round.state,
        "made_at": made_at.astimezone(UTC).isoformat(timespec="seconds"),
        "count": len(there),
        "size": sum(line.size or 0 for line in there),
        "missing": len(packed) - len(there),
        "files": [asdict(line) for line in packed],
    }
    return json.dumps(facts, ensure_ascii=False, indent=2).encode()


def _manifest_csv(packed: Sequence[Packed]) -> Iterator[bytes]:
    rows = ([getattr(line, name) for name in MANIFEST_COLUMNS] for line in packed)
    return (line.encode() for line in csv_lines(table_of_keys("manifest", MANIFEST_COLUMNS, rows)))
