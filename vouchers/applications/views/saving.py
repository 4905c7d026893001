"""An application that saves itself while somebody types."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require
from drafts.actions import note_presence
from drafts.views import Draft, Saved, StandingText, draft_session, save_draft
from vouchers.applications import actions, queries
from vouchers.applications.forms.answers import typed_contents, whole_number
from vouchers.applications.models import Application
from vouchers.applications.permissions import may_edit_application
from vouchers.applications.queries.filled_forms import FilledSection, Item


class ApplicationDraft(Draft[Application]):
    """Answers, by question. The page sends them as `forms.answers` describes, and `place`, its section.

    It is told besides: `shown` (ids of the questions that are shown), `sections` (done, wanted and
    problems by place) and `others` (who else is here).
    """

    request: PersonRequest

    def records(self) -> QuerySet[Application]:
        return queries.applications_visible_to(self.request.user)

    def saved(self, record: Application) -> Saved:
        request = self.request
        questions = list(record.call.questions.all())
        contents = typed_contents(request.POST, questions)
        overtaken = []
        if contents:
            seen = self.seen([question.pk for question in questions])
            overtaken = actions.save_answers(record, contents, seen=seen, by=request.user)
        else:
            # The action asks for the same, and each question to the database counts here.
            require(may_edit_application, request.user, record)
        place = whole_number(request.POST.get("place", "")) or 1
        others = note_presence(record, request.user, place)
        filled = queries.filled_form(record, questions=questions)
        items = {item.question.pk: item for item in filled.items}
        return Saved(
            typed=contents.keys(),
            overtaken={item.question.pk for item in overtaken},
            versions={pk: item.version for pk, item in items.items()},
            standing=lambda pk: _standing(items[pk]),
            problems={
                pk: [str(problem) for problem in item.problems]
                for pk, item in items.items()
                if item.problems
            },
            more={
                "shown": [item.question.pk for item in filled.shown],
                "sections": [_progress(part) for part in filled.sections],
                "others": [{"name": other.name, "place": other.place} for other in others],
            },
        )


@require_POST
@never_cache
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """Save the answers that were typed, and tell what others did."""
    return save_draft(ApplicationDraft(request), pk)


@never_cache
def session(request: HttpRequest, pk: int) -> JsonResponse:
    """Whose session this is, for a page that was left open."""
    return draft_session(ApplicationDraft(request), pk)


def _standing(item: Item) -> StandingText:
    if not item.answer:
        return StandingText(item.text, item.rows)
    return StandingText(item.text, item.rows, str(item.answer.changed_by), item.answer.changed_at)


def _progress(part: FilledSection) -> dict[str, int]:
    return {
        "place": part.section.position,
        "done": part.done,
        "wanted": part.wanted,
        "problems": part.problem_count,
    }
