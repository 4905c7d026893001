"""Every write of the correspondence: messages about applications, questions about calls."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from i18nfield.strings import LazyI18nString

from accounts.models import Role, User
from accounts.queries import people_holding
from clusters.queries import writers_for
from notices.actions import mark_seen_about, notify
from records.acting import Refused, TooLate, action, constraints_of
from records.states import judged, locked, move
from vouchers.applications.models import Application
from vouchers.applications.queries import applications_visible_to, officers_told_of
from vouchers.calls.models import Call

from .models import LONGEST_MESSAGE, LONGEST_QUESTION, Message, PublicQuestion, ReadMark
from .permissions import (
    may_answer_questions,
    may_write_message,
    writes_for_applicant,
    writes_for_partner,
)
from .queries import people_with_draft, takes_questions

# More unanswered questions than this from one person about one call, and the next one waits.
MOST_OPEN_QUESTIONS = 10


@action(gettext_lazy("Message sent"))
def send_message(
    application: Application, text: str, *, by: User, key: UUID | None = None
) -> Message:
    """Write to the other side about an application; they are told, and answer in the portal.

    The same `key` from the same person is the same message: the one that exists is returned.
    Raises NotAllowed for who only reads, Refused for an empty or too long text, and while the
    application is a draft or withdrawn.
    """
    # The lock keeps the thread in one order, so that a read mark never jumps over a message.
    application = judged(
        application,
        may_write_message,
        by=by,
        otherwise=_("Only the cluster and its country partner write here."),
    )
    sent = application.messages.filter(author=by, key=key).first() if key else None
    if sent is not None:
        return sent
    _require_open_thread(application)
    side = (
        Message.Side.CLUSTER if writes_for_applicant.test(by, application) else Message.Side.PARTNER
    )
    message = Message.objects.create(
        application=application,
        author=by,
        side=side,
        text=_proper(text, LONGEST_MESSAGE),
        sent_at=timezone.now(),
        key=key or uuid4(),
    )
    mark_thread_read(application, by=by)
    _tell_other_side(message)
    return message


@action(gettext_lazy("Messages read"))
def mark_thread_read(application: Application, *, by: User) -> None:
    """Note that the person has read every message about the application, and so its notices."""
    application = locked(application)
    if not applications_visible_to(by).filter(pk=application.pk).exists():
        return
    newest = application.messages.last()
    if newest is None or application.read_marks.filter(person=by, last_read=newest).exists():
        return
    ReadMark.objects.update_or_create(
        application=application, person=by, defaults={"last_read": newest, "settled": False}
    )
    mark_seen_about(application, "message-received", by=by)


@action(gettext_lazy("No answer needed"))
def settle_thread(application: Application, *, by: User) -> None:
    """Note that the last message of the cluster needs no answer, until it writes again.

    Raises NotAllowed for anybody but an officer who could answer.
    """
    application = judged(application, writes_for_partner, by=by)
    newest = application.messages.last()
    if newest is not None:
        ReadMark.objects.update_or_create(
            application=application, person=by, defaults={"last_read": newest, "settled": True}
        )


@action(gettext_lazy("Question asked"))
def ask_question(call: Call, text: str, *, language: str, by: User) -> PublicQuestion:
    """Ask something about a call that everybody may read answered.

    Raises TooLate outside the time for questions, Refused for an empty or too long text, for the
    same question twice, and for one too many that waits.
    """
    call = locked(call)
    if not takes_questions(call):
        raise TooLate(_("The time for questions about this call is over."))
    text = _proper(text, LONGEST_QUESTION)
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
    """Change what is published; the history keeps what stood there and why it changed."""
    asked = judged(asked, may_answer_questions, by=by, states=[PublicQuestion.State.PUBLISHED])
    if not reason.strip():
        raise Refused(_("Say why the published answer changes."))
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


def _proper(text: str, longest: int) -> str:
    """The text as it is kept; Refused for one that is empty or too long."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused(_("Write something first."))
    if len(text) > longest:
        raise Refused(
            _("The text has %(length)s characters; at most %(limit)s fit.")
            % {"length": len(text), "limit": longest}
        )
    return text


def _require_open_thread(application: Application) -> None:
    if application.is_draft:
        raise Refused(
            _(
                "Your country partner reads messages once the application is sent. Until then, ask "
                "on the page of the call."
            )
        )
    if application.state == Application.State.WITHDRAWN:
        raise Refused(_("The application is withdrawn: nobody can write about it any more."))


def _tell_other_side(message: Message) -> None:
    application = message.application
    if message.is_from_cluster:
        people = officers_told_of(application)
    else:
        people = writers_for(application.cluster)
    for person in people.exclude(pk=message.author_id).distinct():
        notify(
            person,
            "message-received",
            facts={
                "reference": application.reference,
                "cluster": application.cluster.name,
                "author": str(message.author),
                "text": message.text,
            },
            url=f"{reverse('correspondence:thread', args=[application.pk])}#reply",
            about=application,
            key=f"message-{message.pk}",
        )


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
