"""Every write about files on their way in. What they become is for the target's own action."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.http import Http404
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import NoSpace, OutOfOrder, Refused, action, locked, move, want_of_space_told
from files.actions.inspection import require_ending, require_size
from files.actions.refusals import Infected, NotScanned, TooLarge, TooManyUploads, WrongOffset
from files.models import Upload, upload_folder
from files.queries.space import require_room
from files.queries.uploads import uploads_of
from files.rules.names import safe_name
from files.targets import Target, Terms, target

# How long a broken upload waits for its next piece.
KEPT_UNFINISHED = timedelta(days=1)
# How long it is said to be there once it is settled: a client may have missed the answer.
SETTLED_FOR = timedelta(hours=1)
# How long one waits for the virus scanner to come back, and how often it is asked.
HELD_FOR = timedelta(days=3)
ASKED_EVERY = timedelta(minutes=1)
MOST_UNFINISHED = 20
_PIECE = 256 * 1024


@action(gettext_lazy("Upload begun"))
def start_upload(target_name: str, key: str, *, name: str, size: int, by: User) -> Upload:
    """Make room for a file that is about to arrive.

    Raises Refused before a byte is sent: for its announced size, its ending, what the target says,
    too many unfinished uploads, and a full disk. Raises Http404 where there is no such target for
    the person.
    """
    name = safe_name(name)
    terms = _terms(target_name, key, by)
    require_size(size, terms.max_size)
    require_ending(name)
    # For a moment the bytes lie there twice: as they came, and as the target keeps them.
    require_room(2 * size)
    unfinished = uploads_of(by).filter(state=Upload.State.RECEIVING, expires_at__gt=timezone.now())
    if unfinished.count() >= MOST_UNFINISHED:
        raise TooManyUploads(
            _("Too many uploads are unfinished. Finish or discard some, and try again.")
        )
    return Upload.objects.create(
        owner=by,
        target=target_name,
        key=key,
        about=terms.about,
        name=name,
        size=size,
        expires_at=timezone.now() + KEPT_UNFINISHED,
    )


@action(gettext_lazy("Piece of a file received"))
def append_piece(upload: Upload, pieces: Iterable[bytes], *, offset: int, by: User) -> Upload:
    """Put bytes behind those that are there. Raises WrongOffset unless `offset` is where they end.

    The row's lock orders two pieces that come at once: the second finds another offset. What an
    interrupted write left behind the offset is written over. Raises NoSpace where the disk is full:
    then nothing of the piece stays, and it can be sent again.
    """
    upload = locked(upload)
    if not upload.is_receiving or upload.offset != offset:
        raise WrongOffset(_("The upload goes on from another place. Please try again."))
    try:
        with want_of_space_told():
            upload.offset = _write(upload, pieces)
    except NoSpace:
        _take_back(upload.path, offset)
        raise
    upload.expires_at = timezone.now() + KEPT_UNFINISHED
    upload.save(update_fields=["offset", "expires_at"])
    return upload


def receive_piece(upload: Upload, pieces: Iterable[bytes], *, offset: int, by: User) -> Upload:
    """Take a piece, and hand the file over with the last one.

    Both or neither: a client that finds every byte arrived asks no more, so the last piece counts
    once the file is handed over. Where there is no room for it (NoSpace) it is sent again.
    """
    with want_of_space_told(), transaction.atomic():
        upload = append_piece(upload, pieces, offset=offset, by=by)
        if upload.is_complete:
            try:
                upload = finish_upload(upload, by=by)
            except NoSpace:
                # Still under the row's lock: nobody else writes there.
                _take_back(upload.path, offset)
                raise
    return upload


@action(gettext_lazy("File uploaded"))
def finish_upload(upload: Upload, *, by: User) -> Upload:
    """Hand a complete file to its target; its own record of it is written in this transaction.

    What the target refuses, and what the virus scanner finds, is written on the upload. With the
    scanner away, the file is refused or held (`CLAMD_WHEN_AWAY`); a held one is tried again by the
    sweeper. For want of room (NoSpace) nothing is settled, since it is no fault of the file. Does
    nothing with an upload that is settled already. The bytes go once it is settled.
    """
    upload = locked(upload)
    if not (upload.is_receiving or upload.is_checking):
        return upload
    if not upload.is_complete:
        raise OutOfOrder(_("The upload is not complete yet."))
    with translation.override(by.language):
        try:
            with want_of_space_told(), transaction.atomic():
                _hand_over(upload, by)
        except NoSpace:
            raise
        except NotScanned as refusal:
            if _may_still_wait(upload):
                return _hold(upload)
            return _settle(upload, Upload.State.REFUSED, str(refusal))
        except Infected as refusal:
            upload.finding = refusal.finding[:200]
            return _settle(upload, Upload.State.REFUSED, str(refusal))
        except Refused as refusal:
            return _settle(upload, Upload.State.REFUSED, str(refusal))
        except Http404:
            gone = _("What the file was meant for is not there any more.")
            return _settle(upload, Upload.State.REFUSED, gone)
    return _settle(upload, Upload.State.DONE)


@action(gettext_lazy("Upload discarded"))
def discard_upload(upload: Upload, *, by: User) -> None:
    """Take back an upload that is under way, or a refused one off the page."""
    upload = locked(upload)
    if upload.is_checking:
        raise OutOfOrder(_("The file is being checked just now."))
    _delete(upload)


def take_file(target_name: str, key: str, file: File, *, by: User) -> Upload:
    """Take a file that came whole, with a plain form, as if it had come piece by piece.

    Three actions one after the other, so that a refused file leaves its record. Returns the
    upload, which may be held for the virus scanner; raises Refused with the target's sentence.
    """
    upload = start_upload(target_name, key, name=file.name or "", size=file.size or 0, by=by)
    try:
        upload = append_piece(upload, file.chunks(), offset=0, by=by)
        upload = finish_upload(upload, by=by)
    except NoSpace:
        # Nobody goes on with it: the form sends the whole file again.
        with suppress(NoSpace):
            discard_upload(upload, by=by)
        raise
    if upload.is_refused:
        raise Refused(upload.refusal)
    return upload


@action(gettext_lazy("Old uploads cleared away"))
def clear_old_uploads(*, by: User | None = None) -> int:
    """Delete uploads past their time, with their bytes; how many there were.

    Those in which the scanner found something stay as records. Those still held are refused.
    """
    now = timezone.now()
    late = Upload.objects.select_for_update(skip_locked=True).filter(expires_at__lte=now)
    for held in late.filter(state=Upload.State.CHECKING):
        with translation.override(held.owner.language):
            sentence = _("The file could not be checked for viruses. Please upload it again.")
        _settle(held, Upload.State.REFUSED, sentence)
    old = late.exclude(state=Upload.State.CHECKING).filter(finding="")
    count = 0
    for upload in old:
        _delete(upload)
        count += 1
    _clear_stray_files()
    return count


def _write(upload: Upload, pieces: Iterable[bytes]) -> int:
    """Put the pieces on the disk behind the upload's offset; where they end."""
    upload.path.parent.mkdir(parents=True, exist_ok=True)
    with upload.path.open("r+b" if upload.path.exists() else "w+b") as file:
        file.truncate(upload.offset)
        file.seek(upload.offset)
        for piece in pieces:
            if file.tell() + len(piece) > upload.size:
                raise TooLarge(_("More arrived than was announced. Please choose the file again."))
            file.write(piece)
        end = file.tell()
        file.flush()
        os.fsync(file.fileno())
    return end


def _take_back(path: Path, offset: int) -> None:
    """Leave no more of the file than had arrived before, and nothing of an empty one."""
    with suppress(OSError):
        if offset:
            os.truncate(path, offset)
        else:
            path.unlink(missing_ok=True)


def _terms(target_name: str, key: str, by: User) -> Terms:
    terms = _target(target_name).terms(by, key)
    return replace(terms, max_size=min(terms.max_size, settings.MAX_UPLOAD_SIZE))


def _target(name: str) -> Target:
    found = target(name)
    if found is None:
        raise Http404
    return found


def _hand_over(upload: Upload, by: User) -> None:
    with upload.path.open("rb") as content:
        _target(upload.target).complete(upload.key, File(content, name=upload.name), by)


def _may_still_wait(upload: Upload) -> bool:
    return settings.CLAMD_WHEN_AWAY == "hold" and not (upload.is_checking and upload.is_expired)


def _hold(upload: Upload) -> Upload:
    now = timezone.now()
    if upload.is_receiving:
        move(upload, Upload.State.CHECKING)
        upload.expires_at = now + HELD_FOR
    upload.next_check_at = now + ASKED_EVERY
    upload.save()
    return upload


def _settle(upload: Upload, state: str, refusal: str = "") -> Upload:
    move(upload, state)
    was_held = upload.next_check_at is not None
    # A refusal after a wait must still be there when the person comes back.
    upload.expires_at = timezone.now() + (HELD_FOR if was_held else SETTLED_FOR)
    upload.refusal = refusal
    upload.save()
    _remove_after_commit(upload.path)
    return upload


def _delete(upload: Upload) -> None:
    _remove_after_commit(upload.path)
    upload.delete()


def _remove_after_commit(path: Path) -> None:
    # Whatever comes of that, what is committed has happened; stray bytes are cleared away later.
    transaction.on_commit(lambda: path.unlink(missing_ok=True), robust=True)


def _clear_stray_files() -> None:
    """Bytes of which no row knows: a process died between the two."""
    folder = upload_folder()
    if not folder.is_dir():
        return
    long_ago = (timezone.now() - 2 * HELD_FOR).timestamp()
    old = {path.name: path for path in folder.iterdir() if path.stat().st_mtime < long_ago}
    known = {pk.hex for pk in Upload.objects.values_list("pk", flat=True)}
    for name in old.keys() - known:
        old[name].unlink(missing_ok=True)
