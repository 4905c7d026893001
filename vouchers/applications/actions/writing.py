"""Writes about drafts: starting one, its answers and its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.files.base import File
from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from clusters.models import Cluster
from clusters.permissions import may_edit_for
from files.inspection import inspect_upload
from files.previews import forget_preview, request_preview
from records.acting import Refused, action, constraints_of, require
from records.states import judged, locked, require_state
from vouchers.applications.answering import COLUMNS, Content, readable
from vouchers.applications.models import Answer, Application, Attachment
from vouchers.applications.permissions import may_edit_application
from vouchers.calls.models import Call, Question

from .accepting import require_accepting

# Far more than any limit of words: what is longer was pasted by mistake.
MOST_CHARACTERS = 100_000


@dataclass(frozen=True)
class Overtaken:
    """An answer that somebody else changed since the person last saw it; it was not saved."""

    question: Question
    theirs: Answer
    yours: Content

    @property
    def reading(self) -> str:
        """What the other wrote, as a person reads it; a table with a line for each of its lines."""
        if self.theirs.rows:
            names = [column.name for column in COLUMNS[self.question.kind]]
            lines = [[row.get(name, "") for name in names] for row in self.theirs.rows]
            return "\n".join(" · ".join(filter(None, line)) for line in lines)
        return readable(self.question, self.theirs.text)


@action(gettext_lazy("Application started"))
def start_application(call: Call, cluster: Cluster, *, language: str, by: User) -> Application:
    """Start a draft. Raises TooLate outside the call's time, Refused where one exists already."""
    call = locked(call)
    cluster = judged(cluster, may_edit_for, by=by)
    require_accepting(call, by=by)
    if not call.quotas.filter(country=cluster.country).exists():
        raise Refused(_("This call has no vouchers in the country of your cluster."))
    with constraints_of(Application):
        return Application.objects.create(
            call=call,
            cluster=cluster,
            country=cluster.country,
            language=language,
            started_by=by,
        )


@action(gettext_lazy("Answers saved"))
def save_answers(
    application: Application,
    contents: Mapping[int, Content],
    *,
    seen: Mapping[int, int],
    by: User,
) -> list[Overtaken]:
    """Save answers of a draft, by question id: texts, and lines for tables.

    Invalid ones are kept as they are, and checked when sending. Raises Refused for one that is
    longer than any answer, and saves none.

    `seen` tells for each question the version of the answer that the person had before them (0 for
    none). An answer that somebody else changed meanwhile is not overwritten but returned.
    """
    application = judged(application, may_edit_application, by=by, states=[Application.State.DRAFT])
    for content in contents.values():
        _require_bearable(content)
    standing = {
        answer.question_id: answer
        for answer in application.answers.filter(question__in=contents.keys())
    }
    overtaken = []
    # By the call's id: the record under lock has not read its call, and it need not.
    for question in Question.objects.filter(call=application.call_id, pk__in=contents.keys()):
        content = contents[question.pk]
        answer = standing.get(question.pk) or Answer(
            application=application, question=question, version=0
        )
        if _holds(answer, content):
            continue
        if answer.version != seen.get(question.pk, 0) and answer.version:
            overtaken.append(Overtaken(question, answer, content))
        else:
            _write(answer, content, by=by)
    return overtaken


def _require_bearable(content: Content) -> None:
    cells = [content] if isinstance(content, str) else [v for row in content for v in row.values()]
    if sum(map(len, cells)) > MOST_CHARACTERS:
        raise Refused(
            _("An answer of more than %(number)s characters cannot be saved. Please shorten it.")
            % {"number": number_format(MOST_CHARACTERS, force_grouping=True)}
        )


def _holds(answer: Answer, content: Content) -> bool:
    return (answer.rows if isinstance(content, list) else answer.text) == content


def _write(answer: Answer, content: Content, *, by: User) -> None:
    if isinstance(content, list):
        answer.rows = content
    else:
        answer.text = content
    answer.version, answer.changed_by = answer.version + 1, by
    answer.save()


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
        name=inspected.name,
        content_type=inspected.content_type,
        size=inspected.size,
        sha256=inspected.sha256,
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
    transaction.on_commit(lambda: attachment.file.delete(save=False))
    attachment.delete()
