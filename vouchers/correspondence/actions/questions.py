"""Questions about calls, which anybody may ask, and the answers that everybody reads."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from i18nfield.strings import LazyI18nString

from accounts.models import Role, User
from accounts.queries import people_holding
from conduct.actions import (
    Refused,
    TooLate,
    action,
    constraints_of,
    judged,
    locked,
    move,
    require_words,
)
from notices.actions import notify
from vouchers.calls.models import Call
from vouchers.correspondence.models import LONGEST_QUESTION, PublicQuestion
from vouchers.correspondence.permissions import may_answer_questions
from vouchers.correspondence.queries import people_with_draft, takes_questions

from .texts import stored_text

# More unanswered questions than this from one person about one call, and the next one waits.
MOST_OPEN_QUESTIONS = 10


@action(gettext_lazy("Question asked"))
def ask_question(call: Call, text: str, *, language: str, by: User) -> PublicQuestion:
    """Ask something about a call that everybody may read answered.

    Raises TooLate outside the time for questions, Refused for an empty or too long text, for the
    same question twice, and for one too many that waits.
    """
    call = locked(call)
    if not takes_questions(call):
        raise TooLate(_("The time for questions about this call is over."))
    text = stored_text(text, LONGEST_QUESTION)
    waiting = call.public_questions.filter(asked_by=by, state=PublicQuestion.State.ASKED)
    if waiting.filter(asked=text).exists():
        raise Refused(_("You have asked this already; it waits for an answer."))
    if waiting.count() >= MOST_OPEN_QUESTIONS:
        raise Refused(_("Please wait until your earlier questions are answered."))
    asked = PublicQuestion.objects.create(
        call=call, asked_by=by, asked=text, language=language, asked_at=timezone.now()
    )
    for coordinator in people_holding(Role.COORDINATOR):
        notify(
            coordinator,
            "question-asked",
            facts={"call": _call_in(call, coordinator), "text": text},
            url=reverse("correspondence:answer", args=[asked.pk]),
            about=asked,
        )
    return asked


@action(gettext_lazy("Answer published"))
def publish_answer(
    asked: PublicQuestion, *, question: LazyI18nString, answer: LazyI18nString, by: User
) -> PublicQuestion:
    """Answer a question for everybody, in at least one language.

    Whoever asked and whoever writes on a draft is told, once. Raises NotAllowed for who does not
    answer questions, Refused where words are missing, OutOfOrder where it is published already.
    """
    asked = judged(asked, may_answer_questions, by=by)
    move(asked, PublicQuestion.State.PUBLISHED)
    asked.reason, asked.published_at = "", timezone.now()
    _write_answer(asked, question, answer, by)
    people = people_with_draft(asked.call) | User.objects.filter(pk=asked.asked_by_id)
    for person in people.distinct():
        _tell_answer(asked, person)
    return asked


@action(gettext_lazy("Answer corrected"))
def correct_answer(
    asked: PublicQuestion,
    *,
    question: LazyI18nString,
    answer: LazyI18nString,
    by: User,
    reason: str,
) -> PublicQuestion:
    """Change what is published; the history stores what was there and why it changed."""
    asked = judged(asked, may_answer_questions, by=by, states=[PublicQuestion.State.PUBLISHED])
    require_words(reason, _("Say why the published answer changes."))
    _write_answer(asked, question, answer, by)
    return asked


@action(gettext_lazy("Question set aside"))
def set_question_aside(asked: PublicQuestion, *, by: User, reason: str) -> PublicQuestion:
    """Publish no answer, for a reason that the asker reads; it can be answered later all the same."""
    asked = judged(asked, may_answer_questions, by=by)
    move(asked, PublicQuestion.State.SET_ASIDE)
    asked.reason, asked.answered_by = reason, by
    asked.save()
    notify(
        asked.asked_by,
        "question-set-aside",
        facts={
            "call": _call_in(asked.call, asked.asked_by),
            "text": asked.asked,
            "reason": reason,
        },
        url=reverse("correspondence:questions", args=[asked.call.slug]),
        about=asked,
        key=f"question-set-aside-{asked.pk}",
    )
    return asked


def _write_answer(
    asked: PublicQuestion, question: LazyI18nString, answer: LazyI18nString, by: User
) -> None:
    asked.question, asked.answer, asked.answered_by = question, answer, by
    words = [text for part in (question, answer) for text in _in_every_language(part)]
    if not (_in_every_language(question) and _in_every_language(answer)):
        raise Refused(_("Write the question and its answer in at least one language."))
    asked.searchable = "\n".join(words)
    with constraints_of(PublicQuestion):
        asked.save()


def _in_every_language(text: LazyI18nString) -> list[str]:
    return [words for words in (text.data or {}).values() if words and words.strip()]


def _tell_answer(asked: PublicQuestion, person: User) -> None:
    with translation.override(person.language):
        facts = {
            "call": str(asked.call),
            "question": str(asked.question),
            "answer": str(asked.answer),
        }
    notify(
        person,
        "answer-published",
        facts=facts,
        url=asked.get_absolute_url(),
        about=asked,
        key=f"answer-{asked.pk}",
    )


def _call_in(call: Call, person: User) -> str:
    """The call's name in the language that the person reads."""
    with translation.override(person.language):
        return str(call)
