"""Messages and questions as others ask for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from clusters.models import Representative, RepresentativeLevel
from inputs.searching import with_words
from vouchers.applications.models import Application
from vouchers.applications.queries import applications_visible_to
from vouchers.calls.models import Call

from .models import Message, PublicQuestion, ReadMark
from .permissions import may_read_all_questions

State = PublicQuestion.State


def messages_about(application: Application) -> QuerySet[Message]:
    """The thread of an application, newest first."""
    return application.messages.select_related("author").order_by("-pk")


def unread_messages(user: User) -> QuerySet[Message]:
    """What others wrote about applications that the person may read, and they have not seen."""
    seen = ReadMark.objects.filter(
        person=user, application=OuterRef("application"), last_read__gte=OuterRef("pk")
    )
    return (
        Message.objects.filter(
            application__in=applications_visible_to(user).order_by().values("pk")
        )
        .exclude(author=user)
        .filter(~Exists(seen))
    )


def last_read(application: Application, user: User) -> int:
    """The id of the last message about the application that the person has seen; 0 for none."""
    mark = ReadMark.objects.filter(application=application, person=user).first()
    return mark.last_read_id if mark else 0


def threads_visible_to(user: User) -> QuerySet[Any]:
    """The applications with messages that the person may read, the newest message first.

    Each knows when and from which side the last message came, and whether one is `new` to the
    person.
    """
    last = Message.objects.filter(application=OuterRef("pk")).order_by("-pk")
    unread = unread_messages(user).filter(application=OuterRef("pk"))
    return (
        applications_visible_to(user)
        # Before the rest is looked up for each: few applications have messages.
        .filter(pk__in=Message.objects.values("application"))
        .annotate(
            last_id=last.values("pk")[:1],
            last_side=last.values("side")[:1],
            last_at=last.values("sent_at")[:1],
            new=Exists(unread),
        )
        .order_by("-last_at", "-pk")
    )


def threads_to_answer(user: User) -> QuerySet[Application]:
    """Applications in the officer's countries that wait for an answer, oldest first.

    The cluster had the last word, and no officer found that it needs no answer.
    """
    settled = ReadMark.objects.filter(
        application=OuterRef("pk"), last_read=OuterRef("last_id"), settled=True
    )
    return (
        threads_visible_to(user)
        .filter(country_id__in=user.officer_countries, last_side=Message.Side.CLUSTER)
        .exclude(state=Application.State.WITHDRAWN)
        .filter(~Exists(settled))
        .order_by("last_at", "pk")
    )


def waits_for_answer(application: Application) -> bool:
    """Whether the cluster had the last word about the application, and nobody settled it."""
    last = application.messages.last()
    if last is None or not last.is_from_cluster:
        return False
    return not application.read_marks.filter(last_read=last, settled=True).exists()


def questions_open_until(call: Call) -> datetime:
    """The instant (UTC) until which anybody may ask about the call."""
    return call.questions_until or call.deadline


def takes_questions(call: Call) -> bool:
    """Whether anybody may ask about the call now."""
    return call.state == Call.State.OPEN and timezone.now() < questions_open_until(call)


def published_answers(call: Call, *, text: str = "") -> QuerySet[PublicQuestion]:
    """The answers about a call that everybody may read, newest first; those with `text` in them."""
    found = call.public_questions.filter(state=State.PUBLISHED).order_by("-published_at", "-pk")
    return with_words(found, text, "searchable")


def questions_of(user: User | AnonymousUser, call: Call) -> QuerySet[PublicQuestion]:
    """What the person asked about the call, and is not published (yet)."""
    if not user.is_authenticated:
        return PublicQuestion.objects.none()
    return call.public_questions.filter(asked_by=user).exclude(state=State.PUBLISHED)


def questions_visible_to(user: User) -> QuerySet[PublicQuestion]:
    """Every question with who asked, for those who answer and for auditors; nothing for others."""
    if not may_read_all_questions.test(user):
        return PublicQuestion.objects.none()
    return PublicQuestion.objects.select_related("call", "asked_by").order_by("-asked_at", "-pk")


def questions_to_answer() -> QuerySet[PublicQuestion]:
    """What waits for an answer, the oldest first."""
    return (
        PublicQuestion.objects.filter(state=State.ASKED)
        .select_related("call")
        .order_by("asked_at", "pk")
    )


def matching(
    questions: QuerySet[PublicQuestion],
    *,
    text: str = "",
    state: str = "",
    call: Call | None = None,
) -> QuerySet[PublicQuestion]:
    """Those with `text` in question or answer, in `state`, about `call`, where these are given."""
    if text:
        questions = with_words(questions, text, "asked", "searchable")
    if state:
        questions = questions.filter(state=state)
    return questions.filter(call=call) if call else questions


def people_with_draft(call: Call) -> QuerySet[User]:
    """Who writes on an application to the call that is not sent yet."""
    drafts = Application.objects.filter(call=call, state=Application.State.DRAFT)
    writers = Representative.objects.filter(
        cluster__in=drafts.values("cluster"),
        level__in=[RepresentativeLevel.MANAGER, RepresentativeLevel.EDITOR],
    )
    return User.objects.filter(is_active=True, pk__in=writers.values("user"))
