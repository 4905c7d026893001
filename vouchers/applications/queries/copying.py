"""What an earlier application of the cluster offers to a new one, question by question."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from vouchers.applications.models import Answer, Application, Attachment
from vouchers.calls.models import Question

from .answers import Content, chosen_options
from .filled_forms import Item, filled_form


@dataclass(frozen=True)
class CopyOption:
    """One question with what is in the draft, and what the earlier application answered."""

    here: Item
    there: Item
    # What would be saved, in the terms of the draft's own form; nothing for files.
    content: Content
    files: tuple[Attachment, ...] = ()

    @property
    def overwrites(self) -> bool:
        """Whether copying replaces something; such a question is chosen by hand."""
        return not self.files and self.here.is_filled

    @property
    def remark(self) -> str:
        """What does not come along, in a sentence; empty where all of it does."""
        chosen = len(chosen_options(self.there.text))
        if self.here.question.kind in Question.CHOOSING and chosen > len(
            chosen_options(str(self.content))
        ):
            return _("Some of the options that were chosen are not offered any more.")
        return ""


def earlier_applications(application: Application) -> QuerySet[Application]:
    """The other applications of the same cluster in which anything is written, the newest first."""
    answers = Answer.objects.filter(application=OuterRef("pk"))
    files = Attachment.objects.filter(application=OuterRef("pk"))
    return (
        Application.objects.filter(cluster=application.cluster_id)
        .exclude(pk=application.pk)
        .filter(Exists(answers.exclude(Q(text="") & Q(rows=[]))) | Exists(files))
        .select_related("call", "cluster")
        .order_by("-started_at")
    )


def offers(application: Application, source: Application) -> list[CopyOption]:
    """What can be copied: questions with the same key and kind that were answered otherwise.

    Files of the earlier application are offered where the draft has not got them yet. Ten queries,
    whatever the size of the forms.
    """
    there = {item.question.key: item for item in filled_form(source).items}
    attached = {attachment.sha256 for attachment in application.attachments.all()}
    found = []
    for here in filled_form(application).items:
        item = there.get(here.question.key)
        if item is None or item.question.kind != here.question.kind:
            continue
        files = tuple(file for file in item.attachments if file.sha256 not in attached)
        content = _content(here, item)
        if files or (content and content != _standing(here)):
            found.append(CopyOption(here, item, content, files))
    return found


def _content(here: Item, there: Item) -> Content:
    kind = here.question.kind
    if kind in Question.TABLES:
        return there.rows
    if kind in Question.CHOOSING:
        return _same_options(here.question, there)
    return "" if kind == Question.Kind.FILE else there.text


def _standing(here: Item) -> Content:
    return here.rows if here.question.kind in Question.TABLES else here.text


def _same_options(question: Question, there: Item) -> str:
    """The chosen options by what they say: their numbers may differ from call to call."""
    labels = dict(there.question.choices)
    numbers = {label: value for value, label in question.choices}
    chosen = (labels.get(value, "") for value in chosen_options(there.text))
    return ",".join(numbers[label] for label in chosen if label in numbers)
