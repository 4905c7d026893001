"""Questions about calls and their answers, scoped to who asks."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from clusters.models import Representative, RepresentativeLevel
from conduct.queries.scoping import for_system
from inputs.queries import with_words
from vouchers.applications.models import Application
from vouchers.calls.models import Call
from vouchers.correspondence.models import PublicQuestion
from vouchers.correspondence.permissions import may_read_all_questions

State = PublicQuestion.State


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


@for_system("public questions of every call, for coordinators")
def questions_to_answer() -> QuerySet[PublicQuestion]:
    """What waits for an answer, the oldest first."""
    return (
        PublicQuestion.objects.filter(state=State.ASKED)
        .select_related("call")
        .order_by("asked_at", "pk")
    )


@for_system("whom a deadline is told to")
def people_with_draft(call: Call) -> QuerySet[User]:
    """Who writes on an application to the call that is not sent yet."""
    drafts = Application.objects.filter(call=call, state=Application.State.DRAFT)
    writers = Representative.objects.filter(
        cluster__in=drafts.values("cluster"),
        level__in=[RepresentativeLevel.MANAGER, RepresentativeLevel.EDITOR],
    )
    return User.objects.filter(is_active=True, pk__in=writers.values("user"))
