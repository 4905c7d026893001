"""Files that a cluster adds when it is asked about its answers."""

from __future__ import annotations

from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import Refused, action, constraints_of, locked, require
from files.actions.inspection import inspect_upload
from vouchers.applications.permissions import may_edit_application
from vouchers.calls.models import Question
from vouchers.eligibility.models import ClarificationFile, ClarificationItem

from .clarifications import require_open


@action(gettext_lazy("File added to a clarification"))
def add_file(item: ClarificationItem, upload: File, *, by: User) -> ClarificationFile:
    """Add a file to a question that is asked about; what was sent before stays.

    Raises TooLate after the last instant, Refused for its type, its size, or one too many.
    """
    # Before the lock: while a file is scanned, others go on writing.
    inspected = inspect_upload(
        upload, max_size=item.clarification.application.call.max_file_size, field="file"
    )
    item = locked(item)
    application = item.clarification.application
    require(may_edit_application, by, application)
    require_open(item.clarification)
    if item.question.kind != Question.Kind.FILE:
        raise Refused(_("This question takes no files."))
    if item.files.count() >= item.question.max_files:
        limit = {"number": item.question.max_files}
        raise Refused(_("At most %(number)s files can be attached.") % limit)
    if application.attachments.filter(sha256=inspected.sha256).exists():
        raise Refused(_("This file is attached already."))
    with constraints_of(ClarificationFile):
        return ClarificationFile.objects.create(
            item=item,
            file=upload,
            **vars(inspected),
            uploaded_by=by,
        )


@action(gettext_lazy("File taken out of a clarification"))
def remove_file(file: ClarificationFile, *, by: User) -> None:
    """Take out a file that was added and not sent yet."""
    file = locked(file)
    clarification = file.item.clarification
    require(may_edit_application, by, clarification.application)
    require_open(clarification)
    file.delete()
