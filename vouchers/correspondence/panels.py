"""What the parts show that are on a page of their own and on another room's page as well."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from vouchers.applications.models import Application
from vouchers.calls.models import Call

from .forms import AskForm, MessageForm
from .models import Thread
from .permissions import may_answer_questions, may_write_in, writes_for_partner
from .queries import (
    last_read,
    messages_in,
    published_answers,
    questions_of,
    questions_open_until,
    takes_questions,
    waits_for_answer,
)

MESSAGES = 20
# On the page of the application, and of answers on the page of the call.
LATEST = 3


def shown_thread(
    request: HttpRequest, thread: Thread, *, form: MessageForm | None, short: bool
) -> dict[str, Any]:
    """The thread: its newest page, or with `short` its last messages only."""
    application = thread.application
    user: Any = request.user
    size = LATEST if short else MESSAGES
    number = 1 if short else request.GET.get("page")
    page = Paginator(messages_in(thread), size).get_page(number)
    # Most threads are empty: nothing more is asked about those.
    has_messages = page.paginator.count > 0
    seen = last_read(thread, user) if has_messages else 0
    open_to_messages = thread.is_about_voucher or application.state not in (
        Application.State.DRAFT,
        Application.State.WITHDRAWN,
    )
    return {
        "application": application,
        "thread": thread,
        "page": page,
        "messages_in_order": list(page)[::-1],
        "last_read": seen,
        "unread": has_messages and thread.messages.filter(pk__gt=seen).exclude(author=user).count(),
        "may_write": open_to_messages and may_write_in(user, thread),
        "may_settle": has_messages
        and writes_for_partner.test(user, application)
        and waits_for_answer(thread),
        "form": form or MessageForm(),
        "short": short,
        "user": user,
        "request": request,
    }


def shown_questions(
    request: HttpRequest, call: Call, *, form: AskForm | None = None, text: str = ""
) -> dict[str, Any]:
    """The answers about a call, what the person asked, and whether one may still ask."""
    return {
        "call": call,
        "page": Paginator(published_answers(call, text=text), MESSAGES).get_page(
            request.GET.get("page")
        ),
        "text": text,
        "own": questions_of(request.user, call),
        "takes_questions": takes_questions(call),
        "open_until": questions_open_until(call),
        "may_answer": may_answer_questions.test(request.user),
        "form": form or AskForm(),
        "user": request.user,
        "request": request,
    }


def latest_answers(request: HttpRequest, call: Call) -> dict[str, Any]:
    """The newest answers about a call, for the call's own page."""
    found = published_answers(call)
    answers = list(found[: LATEST + 1])
    return {
        "call": call,
        "answers": answers[:LATEST],
        "more": len(answers) > LATEST,
        "takes_questions": takes_questions(call),
        "open_until": questions_open_until(call),
        "user": request.user,
        "request": request,
    }
