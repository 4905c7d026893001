"""Files of an application as they arrive: to one question of a draft, by those who write in it."""

from __future__ import annotations

from django.core.files.base import File
from django.http import Http404

from accounts.models import User
from conduct.actions import require, require_state
from files.targets import Target, Terms, register_target
from inputs.rules.numbers import sent_number
from vouchers.calls.models import Question

from .actions import attach_file, require_room_for_a_file
from .models import Application, Attachment
from .permissions import may_edit_application
from .queries import applications_visible_to


def attachment_key(application: Application, question: Question) -> str:
    """How an upload names the question of the application that it is for."""
    return f"{application.pk}:{question.pk}"


def _terms(by: User, key: str) -> Terms:
    application, question = _named(by, key)
    require(may_edit_application, by, application)
    require_state(application, Application.State.DRAFT)
    require_room_for_a_file(application, question)
    return Terms(max_size=application.call.max_file_size, about=application)


def _complete(key: str, file: File, by: User) -> Attachment:
    application, question = _named(by, key)
    return attach_file(application, question, file, by=by)


def _named(by: User, key: str) -> tuple[Application, Question]:
    """The application and the question, where the person may see it; Http404 otherwise."""
    first, _colon, second = key.partition(":")
    application = applications_visible_to(by).filter(pk=sent_number(first)).first()
    if application is None:
        raise Http404
    question = application.call.questions.filter(
        pk=sent_number(second), kind=Question.Kind.FILE
    ).first()
    if question is None:
        raise Http404
    return application, question


ATTACHMENT = register_target(Target("attachment", _terms, _complete))
