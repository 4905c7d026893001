"""The files of a question as pages show them: with their pictures, facts and unfinished uploads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import template
from django.template.context import RequestContext
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from files.models import Preview, Upload
from files.models.kept import KeptFile
from files.queries.uploads import previews_of, unsettled_uploads
from files.wording.kinds import ACCEPTED_ENDINGS, ACCEPTED_IN_WORDS, kind_of
from vouchers.applications.models import Application
from vouchers.applications.targets import ATTACHMENT, attachment_key
from vouchers.calls.models import Question

register = template.Library()


@dataclass(frozen=True)
class ShownFile:
    """A file with what its preview tells, where that is made already."""

    attachment: KeptFile
    preview: Preview | None

    @property
    def pages(self) -> range:
        """The numbers of the pages that have pictures."""
        return self.preview.numbers if self.preview else range(0)

    @property
    def is_picture(self) -> bool:
        return self.attachment.content_type.startswith("image/")

    @property
    def ending(self) -> str:
        """What is in the place of a thumbnail where there is none: PDF, DOCX."""
        kind = kind_of(self.attachment.content_type)
        return kind.endings[0].removeprefix(".").upper() if kind else ""

    @property
    def facts(self) -> list[str]:
        """Kind, size, and how much there is in it."""
        kind = kind_of(self.attachment.content_type)
        extent = _extent(self.preview) if self.preview else ""
        label = str(kind.label) if kind else ""
        return [fact for fact in (label, filesizeformat(self.attachment.size), extent) if fact]


def _extent(preview: Preview) -> str:
    if preview.pages is not None:
        return ngettext("%(count)s page", "%(count)s pages", preview.pages) % {
            "count": preview.pages
        }
    if preview.sheets is not None:
        return ngettext("%(count)s sheet", "%(count)s sheets", preview.sheets) % {
            "count": preview.sheets
        }
    if preview.words is not None:
        return ngettext("%(count)s word", "%(count)s words", preview.words) % {
            "count": preview.words
        }
    if preview.width:
        return _("%(width)s × %(height)s pixels") % {
            "width": preview.width,
            "height": preview.height,
        }
    return ""


@register.simple_tag
def shown_files(attachments: Sequence[KeptFile]) -> list[ShownFile]:
    """The files, each with its preview; one query, and none for no file."""
    files = list(attachments)
    previews = previews_of(file.file for file in files) if files else {}
    return [ShownFile(file, previews.get(file.file.name or "")) for file in files]


@register.simple_tag(takes_context=True)
def unfinished_uploads(
    context: RequestContext, question: Question, application: Application
) -> list[Upload]:
    """What the reader of the page began to upload here and what is not a file of it yet."""
    user = context["request"].user
    return unsettled_uploads(user, ATTACHMENT.name, attachment_key(application, question))


@register.simple_tag
def upload_key(question: Question, application: Application) -> str:
    return attachment_key(application, question)


@register.simple_tag
def accepted_endings() -> str:
    """For the `accept` of a file field."""
    return ",".join(ACCEPTED_ENDINGS)


@register.simple_tag
def accepted_in_words() -> str:
    return str(ACCEPTED_IN_WORDS)
