"""Making all letters of a record with one press: started, paused, resumed, tried again, stopped.

A batch makes nothing itself. It issues what nobody has issued yet, and gathers with it what is issued
and not made: each stays a row that a worker takes by itself (`documents.actions.making`), so that a
worker that dies, a Redis that was emptied or a full disk costs a batch no more than a single letter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, Refused, action, constraints_of, judged, locked, move
from documents.actions.issuing import Issue, issue_missing, queue_rendering
from documents.kinds import DocumentKind, source_of
from documents.models import BatchedLetter, Document, LetterBatch
from documents.permissions import may_steer_batch
from documents.queries import batches_about, unfinished_in, unmade
from jobs.actions.attempts import revive

# So many addressees are written at once.
_AT_ONCE = 300
_OPEN = (LetterBatch.State.RUNNING, LetterBatch.State.PAUSED)


@action(gettext_lazy("Letters asked for"))
def start_batch(about: models.Model, kinds: Collection[str], *, by: User) -> LetterBatch:
    """Have all letters of these kinds made that are not made yet, in every language.

    What nobody has issued is issued; what failed is tried again. Raises NotAllowed, OutOfOrder while
    the record has no letters, Refused where no kind is chosen, where nothing is left to make and
    where another batch of the record is open.
    """
    source = source_of(about)
    about = judged(about, source.may_steer, by=by)
    source.require_ready(about)
    chosen = [kind for kind in source.kinds if kind.slug in kinds]
    if not chosen:
        raise Refused(_("Choose at least one kind of letter."), field="kinds")
    for earlier in batches_about(about).filter(LetterBatch.OPEN):
        _finish(locked(earlier))
    with constraints_of(LetterBatch):
        batch = LetterBatch.objects.create(
            content_type=ContentType.objects.get_for_model(about),
            object_id=str(about.pk),
            kinds=[kind.slug for kind in chosen],
            started_by=by,
        )
    taken = sum(
        _take_in(batch, kind, issues, by)
        for kind in chosen
        for issues in _by_hundreds(source.issues(about, kind))
    )
    if not taken:
        raise Refused(_("All letters of these kinds are made already."))
    return batch


@action(gettext_lazy("Letters paused"))
def pause_batch(batch: LetterBatch, *, by: User) -> LetterBatch:
    """Let no worker take any further letter of the batch. Raises NotAllowed, OutOfOrder."""
    batch = judged(batch, may_steer_batch, by=by, states=[LetterBatch.State.RUNNING])
    move(batch, LetterBatch.State.PAUSED)
    batch.save(update_fields=["state"])
    return batch


@action(gettext_lazy("Letters resumed"))
def resume_batch(batch: LetterBatch, *, by: User) -> LetterBatch:
    """Let the letters of a paused batch be made. Raises NotAllowed, OutOfOrder."""
    batch = judged(batch, may_steer_batch, by=by, states=[LetterBatch.State.PAUSED])
    move(batch, LetterBatch.State.RUNNING)
    batch.save(update_fields=["state"])
    waiting = _in_nobodys_hands(batch)
    # What was stopped between two steps spends no attempt.
    Document.objects.filter(pk__in=[document.pk for document in waiting]).update(
        attempts=0, next_attempt_at=Document.first_turn()
    )
    for document in waiting:
        queue_rendering(document)
    return batch


@action(gettext_lazy("Failed letters made again"))
def retry_failed(batch: LetterBatch, *, by: User) -> LetterBatch:
    """Try those letters of an open batch again that could not be made.

    Raises NotAllowed, OutOfOrder where it is open no more or none has failed.
    """
    batch = judged(batch, may_steer_batch, by=by, states=_OPEN)
    failed = unfinished_in(batch).filter(state=Document.State.FAILED).order_by("pk")
    if not _try_again(failed):
        raise OutOfOrder(_("None of these letters has failed."))
    return batch


@action(gettext_lazy("Letters stopped"))
def stop_batch(batch: LetterBatch, *, by: User) -> LetterBatch:
    """Give up the letters of an open batch that wait; those in a worker's hands are finished.

    What the batch issued is withdrawn, since nobody has seen it; what had been issued before is owed
    to its addressee, and is made in its turn. Raises NotAllowed, OutOfOrder where it is open no more.
    """
    batch = judged(batch, may_steer_batch, by=by, states=_OPEN)
    # What failed and is new would otherwise hold for ever, without a file.
    failed = unfinished_in(batch).filter(state=Document.State.FAILED)
    waiting = {document.pk for document in [*_in_nobodys_hands(batch), *failed]}
    given_up = batch.letters.filter(document__in=waiting)
    new = set(given_up.filter(is_new=True).values_list("document", flat=True))
    move(batch, LetterBatch.State.STOPPED)
    batch.ended_at = timezone.now()
    batch.save(update_fields=["state", "ended_at"])
    given_up.update(given_up_at=batch.ended_at)
    Document.objects.filter(pk__in=new).update(
        validity=Document.Validity.WITHDRAWN,
        withdrawal_reason=_("It was never made: the batch of letters was stopped."),
    )
    for document in Document.objects.filter(Document.WAITING, pk__in=waiting - new):
        queue_rendering(document)
    return batch


@action(gettext_lazy("Letters made"))
def finish_batches() -> int:
    """Note of every open batch whether all its letters are there; how many are done."""
    open_ones = LetterBatch.objects.filter(LetterBatch.OPEN).order_by("pk")
    return sum(_finish(locked(batch)) for batch in open_ones if not _is_waited_for(batch))


def _finish(batch: LetterBatch) -> bool:
    """Let a locked batch be done, where it is; whether it is now."""
    if not batch.is_open or _is_waited_for(batch):
        return False
    move(batch, LetterBatch.State.DONE)
    batch.ended_at = timezone.now()
    batch.save(update_fields=["state", "ended_at"])
    return True


def _is_waited_for(batch: LetterBatch) -> bool:
    return unfinished_in(batch).exists()


def _take_in(batch: LetterBatch, kind: DocumentKind, issues: Sequence[Issue], by: User) -> int:
    """Gather what is to be made for these addressees, and queue it; how many letters."""
    new = issue_missing(kind, issues, by=by)
    known = {document.pk for document in new}
    old = [
        document
        for document in unmade(kind.slug, [issue.about for issue in issues])
        if document.pk not in known
    ]
    BatchedLetter.objects.bulk_create(
        BatchedLetter(batch=batch, document=document, is_new=document.pk in known)
        for document in [*new, *old]
    )
    _let_go_first(old)
    _try_again(Document.objects.filter(pk__in=[one.pk for one in old], state="failed"))
    return len(new) + len(old)


def _let_go_first(letters: Sequence[Document]) -> None:
    """Queue what nobody waited for so far with what the batch issues itself."""
    idle = Document.objects.select_for_update(skip_locked=True, of=("self",), no_key=True).filter(
        Document.WAITING,
        pk__in=[letter.pk for letter in letters],
        priority=Document.Priority.NOBODY,
    )
    found = list(idle.order_by("pk"))
    Document.objects.filter(pk__in=[one.pk for one in found]).update(
        priority=Document.Priority.BATCH
    )
    for document in found:
        document.priority = Document.Priority.BATCH
        queue_rendering(document)


def _try_again(failed: QuerySet[Document]) -> int:
    found = [revive(document) for document in failed.order_by("pk")]
    for document in found:
        queue_rendering(document)
    return len(found)


def _in_nobodys_hands(batch: LetterBatch) -> list[Document]:
    """The letters of the batch that wait, locked; those that a worker holds are passed by."""
    waiting = unfinished_in(batch).filter(Document.WAITING).values("pk")
    rows = Document.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)
    return list(rows.filter(Document.WAITING, pk__in=waiting).order_by("priority", "pk"))


def _by_hundreds(issues: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(issues)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
