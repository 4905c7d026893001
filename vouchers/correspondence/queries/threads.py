"""Messages as others ask for them, scoped to who asks."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from vouchers.applications.models import Application
from vouchers.applications.queries import applications_visible_to
from vouchers.correspondence.models import Message, ReadMark


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
    # Before the rest is looked up for each: few applications have messages.
    found = applications_visible_to(user).filter(pk__in=Message.objects.values("application"))
    return with_last_message(found, user).order_by("-last_at", "-pk")


def with_last_message(applications: QuerySet[Any], user: User) -> QuerySet[Any]:
    """The applications with when and from which side the last message came, and what is new."""
    last = Message.objects.filter(application=OuterRef("pk")).order_by("-pk")
    unread = unread_messages(user).filter(application=OuterRef("pk"))
    return applications.annotate(
        last_id=last.values("pk")[:1],
        last_side=last.values("side")[:1],
        last_at=last.values("sent_at")[:1],
        new=Exists(unread),
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
