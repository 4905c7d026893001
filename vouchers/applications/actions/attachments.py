"""Writes about the files of a draft."""

from __future__ import annotations

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from conduct.actions import Refused, action, judged, locked, require, require_state
from files.actions.inspection import inspect_upload
from files.actions.previews import forget_preview, request_preview
from vouchers.applications.models import Application, Attachment
from vouchers.applications.permissions import may_edit_application
from vouchers.calls.models import Question


@action(gettext_lazy("File attached"))
def attach_file(
    application: Application, question: Question, upload: File, *, by: User
) -> Attachment:
    """Add a file to a question of a draft.

    Raises Refused for its type, its size, what is in it, for a file that is there already, and for
    one too many for the question or the call.
    """
    # Before the lock: while a file is scanned, others go on writing.
    inspected = inspect_upload(upload, max_size=application.call.max_file_size)
    application = judged(application, may_edit_application, by=by, states=[Application.State.DRAFT])
    require_room_for_a_file(application, question)
    if known := application.attachments.filter(sha256=inspected.sha256).first():
        raise Refused(_("This file is attached already, as “%(name)s”.") % {"name": known.name})
    attachment = Attachment.objects.create(
        application=application,
        question=question,
        file=upload,
        **vars(inspected),
        uploaded_by=by,
    )
    request_preview(attachment.file, attachment.content_type)
    return attachment


def require_room_for_a_file(application: Application, question: Question) -> None:
    """Raise Refused when the question, or the whole application, has all the files it may have."""
    if application.attachments.filter(question=question).count() >= question.max_files:
        raise Refused(
            ngettext(
                "This question takes at most %(number)s file. Remove it to attach another.",
                "This question takes at most %(number)s files. Remove one to attach another.",
                question.max_files,
            )
            % {"number": question.max_files}
        )
    if application.attachments.count() >= application.call.max_files:
        raise Refused(
            ngettext(
                "The whole application takes at most %(number)s file.",
                "The whole application takes at most %(number)s files. Remove one to attach another.",
                application.call.max_files,
            )
            % {"number": application.call.max_files}
        )


@action(gettext_lazy("File removed"))
def remove_attachment(attachment: Attachment, *, by: User) -> None:
    """Take a file out of a draft; the history keeps its name and fingerprint."""
    attachment = locked(attachment)
    require(may_edit_application, by, attachment.application)
    require_state(attachment.application, Application.State.DRAFT)
    forget_preview(attachment.file)
    transaction.on_commit(lambda: attachment.file.delete(save=False), robust=True)
    attachment.delete()
