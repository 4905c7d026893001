"""Writes about drafts: starting one, and its answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.models import Cluster
from clusters.permissions import may_edit_for
from conduct.actions import Refused, action, constraints_of, judged, locked
from drafts.rules import is_overtaken
from vouchers.applications.models import Answer, Application
from vouchers.applications.permissions import may_edit_application
from vouchers.applications.queries.answers import Content, readable
from vouchers.calls.models import Call, Question
from vouchers.calls.models.tables import COLUMNS

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

    `seen` gives for each question the version of the answer that the person had before them (0 for
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
        if is_overtaken(answer.version, seen.get(question.pk, 0)):
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
