"""Making a decision dossier: by one worker, once, whatever dies in between.

The row is pending until the ZIP and its hash are committed together. A worker takes a lease that it
renews with its progress; when it dies, the lease runs out and the sweeper gives the row to another.
The first, should it live on, finds another name on the row and gives up.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import logging
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import IO
from uuid import UUID, uuid4

import pghistory
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from conduct.actions import move
from jobs.attempts import begin_attempt, claim_due, note_failure, pause_after
from vouchers.awards.dossiers.models import Dossier
from vouchers.awards.dossiers.queries.contents import Entry, entries_of, unfinished_documents

logger = logging.getLogger(__name__)

# How long a worker may be silent before it is taken for dead.
LEASE = timedelta(minutes=2)
# Letters that are being made are waited for so long; after that the manifest names them missing.
WAIT_FOR_LETTERS = timedelta(minutes=10)
SWEEP_LIMIT = 50
_REPORT_EVERY = 1.0
MANIFEST_COLUMNS = ("path", "size", "sha256", "expected_sha256", "missing")


class TakenOver(Exception):
    """Another worker makes the dossier by now."""


@dataclass(frozen=True)
class Packed:
    """One line of the manifest; without size and hash where the file is missing."""

    path: str
    size: int | None
    sha256: str
    expected_sha256: str = ""
    missing: str = ""


def make_dossier(dossier_id: int) -> bool:
    """Make the file of a pending dossier; whether this call made it.

    Does nothing when it is made already, another worker is at it, or its letters are not all made.
    """
    run = _begin(dossier_id)
    if run is None:
        return False
    try:
        return _make(dossier_id, run)
    except TakenOver:
        return False
    except Exception as error:
        logger.exception("Dossier %s could not be made", dossier_id)
        _note_failure(dossier_id, run, error)
        return False


def claim_due_dossiers(now: datetime | None = None) -> list[int]:
    """The dossiers to queue again: their task was lost, or their worker fell silent."""
    return claim_due(Dossier.objects.all(), limit=SWEEP_LIMIT, now=now, run=None)


@transaction.atomic
def _begin(dossier_id: int) -> UUID | None:
    """Take the lease, and count the attempt: a dossier that kills every worker must end too."""
    dossier = (
        Dossier.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(pk=dossier_id, state=Dossier.State.PENDING, run=None)
        .select_related("selection_round__call")
        .first()
    )
    if dossier is None:
        return None
    now = timezone.now()
    waiting = unfinished_documents(dossier.selection_round).exists()
    if waiting and now < dossier.asked_at + WAIT_FOR_LETTERS:
        dossier.next_attempt_at = now + Dossier.PATIENCE / 2
        dossier.save(update_fields=["next_attempt_at"])
        return None
    if not begin_attempt(dossier, lease=LEASE):
        return None
    dossier.run, dossier.done = uuid4(), 0
    dossier.save(update_fields=["run", "done"])
    return dossier.run


def _make(dossier_id: int, run: UUID) -> bool:
    dossier = Dossier.objects.select_related("selection_round__call").get(pk=dossier_id)
    entries = entries_of(dossier.selection_round)
    _report(dossier_id, run, 0, len(entries))
    with tempfile.TemporaryFile() as packet:
        packed = _pack(packet, dossier, entries, run)
        packet.seek(0)
        digest = hashlib.file_digest(packet, "sha256").hexdigest()
        packet.seek(0)
        return _keep(dossier_id, run, File(packet), digest, packed)


def _pack(packet: IO[bytes], dossier: Dossier, entries: Sequence[Entry], run: UUID) -> list[Packed]:
    """Write every file and the manifests into the ZIP; the lines of the manifest."""
    made_at = timezone.now()
    packed: list[Packed] = []
    reported = monotonic()
    with zipfile.ZipFile(packet, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        for number, entry in enumerate(entries, start=1):
            packed.append(_add(archive, entry, made_at))
            if monotonic() - reported > _REPORT_EVERY:
                _report(dossier.pk, run, number, len(entries))
                reported = monotonic()
        _add(archive, Entry("manifest.csv", lambda: _manifest_csv(packed)), made_at)
        facts = _manifest(dossier, packed, made_at)
        _add(archive, Entry("manifest.json", lambda: iter([facts])), made_at)
    _report(dossier.pk, run, len(entries), len(entries))
    return packed


def _add(archive: zipfile.ZipFile, entry: Entry, made_at: datetime) -> Packed:
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
    yield "\ufeff".encode()
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(MANIFEST_COLUMNS)
    for line in packed:
        size = "" if line.size is None else line.size
        writer.writerow([line.path, size, line.sha256, line.expected_sha256, line.missing])
    yield text.getvalue().encode()


def _report(dossier_id: int, run: UUID, done: int, total: int) -> None:
    """Show how far it has come, and renew the lease. Raises TakenOver when another is at it."""
    renewed = Dossier.objects.filter(pk=dossier_id, run=run).update(
        done=done, total=total, next_attempt_at=timezone.now() + LEASE
    )
    if not renewed:
        raise TakenOver


def _keep(dossier_id: int, run: UUID, file: File, digest: str, packed: Sequence[Packed]) -> bool:
    with pghistory.context(action="make_dossier"), transaction.atomic():
        dossier = (
            Dossier.objects.select_for_update()
            .filter(pk=dossier_id, run=run, state=Dossier.State.PENDING)
            .first()
        )
        if dossier is None:
            raise TakenOver
        dossier.size = file.size
        dossier.file.save("", file, save=False)
        try:
            dossier.sha256, dossier.made_at = digest, timezone.now()
            dossier.missing = sum(bool(line.missing) for line in packed)
            dossier.files, dossier.run, dossier.last_error = len(packed) - dossier.missing, None, ""
            move(dossier, Dossier.State.READY)
            dossier.save()
        except Exception:
            dossier.file.delete(save=False)
            raise
    return True


@transaction.atomic
def _note_failure(dossier_id: int, run: UUID, error: Exception) -> None:
    dossier = Dossier.objects.select_for_update().filter(pk=dossier_id, run=run).first()
    if dossier is None or not dossier.is_pending:
        return
    dossier.run, dossier.next_attempt_at = None, timezone.now() + pause_after(dossier)
    dossier.save(update_fields=["run"])
    note_failure(dossier, error)
