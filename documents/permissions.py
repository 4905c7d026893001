"""Who may read a document: whoever its kind lets read it, about the record that it is about."""

import rules

from accounts.models import User
from accounts.permissions import sees_some_country
from documents.kinds import kind, source_of

from .models import Document, LetterBatch


@rules.predicate
def may_read_document(user: User, document: Document) -> bool:
    about = document.about
    return about is not None and kind(document.kind).may_read.test(user, about)


# Making it again changes nothing of what it says.
may_retry_document = may_read_document
# It holds every fact, also those that are not printed: for the programme's own archive.
may_have_archives = sees_some_country


@rules.predicate
def may_read_archive(user: User, document: Document) -> bool:
    """Whether the person may have a document's copy for the archive."""
    return may_have_archives.test(user) and may_read_document(user, document)


@rules.predicate
def may_steer_batch(user: User, batch: LetterBatch) -> bool:
    """Whether the person may pause, resume and stop a batch: as the room of its record says."""
    about = batch.about
    return about is not None and source_of(about).may_steer.test(user, about)
