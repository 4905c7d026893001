"""Files that go with a record of needs, while it is a draft."""

from __future__ import annotations

from django.core.files.base import File
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from conduct.actions import Refused, action, constraints_of, locked
from documents.wording import number
from files.actions.inspection import inspect_upload
from vouchers.assistance.needs.models import NeedsFile, NeedsRecord

from .writing import draft_for

MOST_FILES = 10


@action(gettext_lazy("File added to the record of needs"))
def add_needs_file(record: NeedsRecord, upload: File, *, by: User) -> NeedsFile:
    """Add a file to a draft; the cluster reads it once the record is shared.

    Raises Refused, beside `upload`, for a file of another type or above the size of the call, for one
    that is there already and for one too many; OutOfOrder once the record is shared.
    """
    # Before the lock: while a file is read, others go on writing.
    inspected = inspect_upload(
        upload, max_size=record.voucher.award.application.call.max_file_size, field="upload"
    )
    record = draft_for(record, by)
    standing = record.standing_files
    if known := standing.filter(sha256=inspected.sha256).first():
        raise Refused(
            _("This file is there already, as “%(name)s”.") % {"name": known.name}, field="upload"
        )
    if standing.count() >= MOST_FILES:
        raise Refused(sentence_of_files(MOST_FILES), field="upload")
    with constraints_of(NeedsFile):
        return NeedsFile.objects.create(record=record, file=upload, added_by=by, **vars(inspected))


@action(gettext_lazy("File taken out of the record of needs"))
def remove_needs_file(file: NeedsFile, *, by: User) -> None:
    """Take a file out of a draft; what was shared before keeps it."""
    record = draft_for(file.record, by)
    file = locked(file)
    if file.removed_at is None and file.record_id == record.pk:
        file.removed_at = timezone.now()
        file.save()


def sentence_of_files(most: int) -> str:
    """How many files may go with a record."""
    return ngettext(
        "At most %(number)s file goes with a record. Take it out to add another.",
        "At most %(number)s files go with a record. Take one out to add another.",
        most,
    ) % {"number": number(most)}
