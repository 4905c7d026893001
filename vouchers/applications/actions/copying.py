"""Taking over answers of an earlier application."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import NotAllowed, Refused, action, judged
from vouchers.applications.models import Application, Attachment
from vouchers.applications.permissions import may_edit_application
from vouchers.applications.queries.copying import earlier_applications, offers
from vouchers.calls.models import Question

from .attachments import attach_file
from .writing import Overtaken, save_answers


@dataclass(frozen=True)
class Copied:
    """What came of copying: how much was taken over, and what was not, with the reason."""

    answers: int = 0
    files: int = 0
    overtaken: list[Overtaken] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@action(gettext_lazy("Answers copied from an earlier application"))
def copy_answers(
    application: Application,
    source: Application,
    questions: Collection[int],
    files: Collection[int],
    *,
    seen: Mapping[int, int],
    by: User,
) -> Copied:
    """Copy answers into the draft, by the ids of its questions, and files by their own.

    `seen` gives the version of each answer that the person had before them: what somebody changed
    meanwhile is not overwritten. A file is a copy of its own, and is looked at again; one that is
    refused is named, and the rest is copied. Raises NotAllowed for another cluster's application.
    """
    application = judged(application, may_edit_application, by=by)
    earlier = earlier_applications(application).filter(pk=source.pk).first()
    if earlier is None:
        raise NotAllowed(_("Only what your own cluster wrote can be copied."))
    offered = offers(application, earlier)
    contents = {
        offer.here.question.pk: offer.content
        for offer in offered
        if offer.here.question.pk in questions and offer.content
    }
    overtaken = save_answers(application, contents, seen=seen, by=by)
    taken, refused = 0, []
    for offer in offered:
        for attachment in offer.files:
            if attachment.pk not in files:
                continue
            try:
                _copy_file(application, offer.here.question, attachment, by=by)
                taken += 1
            except Refused as refusal:
                refused.append(f"{attachment.name}: {refusal}")
    return Copied(len(contents) - len(overtaken), taken, overtaken, refused)


def _copy_file(
    application: Application, question: Question, attachment: Attachment, *, by: User
) -> None:
    with attachment.file.open("rb") as content:
        attach_file(application, question, File(content, name=attachment.name), by=by)
