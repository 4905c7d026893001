"""Messages as others ask for them, scoped to who asks."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from vouchers.applications.models import Application
from vouchers.applications.queries import applications_visible_to
from vouchers.correspondence.models import About, Message, ReadMark, Thread


def messages_in(thread: Thread) -> QuerySet[Message]:
    """The messages of a thread, newest first."""
    return thread.messages.select_related("author").order_by("-pk")


def has_voucher(application: Application) -> bool:
    """Whether a voucher was issued for the application."""
    return with_voucher(Application.objects.filter(pk=application.pk)).exists()


def with_voucher(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Those of the applications of which a voucher came: who reads them reads what is written of it.

    So assessors and finance officers, who read no application by their role, read no message.
    """
    return applications.filter(award__voucher__isnull=False)


def unread_messages(user: User, about: About = About.APPLICATION) -> QuerySet[Message]:
    """What others wrote in threads that the person may read, and they have not seen."""
    seen = ReadMark.objects.filter(
        person=user,
        application=OuterRef("application"),
        about=about,
        last_read__gte=OuterRef("pk"),
    )
    return (
        Message.objects.filter(
            about=about, application__in=applications_visible_to(user).order_by().values("pk")
        )
        .exclude(author=user)
        .filter(~Exists(seen))
    )


def last_read(thread: Thread, user: User) -> int:
    """The id of the last message of the thread that the person has seen; 0 for none."""
    mark = thread.read_marks.filter(person=user).first()
    return mark.last_read_id if mark else 0


def threads_visible_to(user: User, about: About = About.APPLICATION) -> QuerySet[Any]:
    """The applications with messages that the person may read, the newest message first.

    Each knows when and from which side the last message came, and whether one is `new` to the
    person. With `about` they are those whose vouchers were written about.
    """
    # Before the rest is looked up for each: few applications have messages.
    found = applications_visible_to(user).filter(
        pk__in=Message.objects.filter(about=about).values("application")
    )
    return with_last_message(found, user, about).order_by("-last_at", "-pk")


def with_last_message(
    applications: QuerySet[Any], user: User, about: About = About.APPLICATION
) -> QuerySet[Any]:
    """The applications with when and from which side the last message came, and what is new."""
    last = Message.objects.filter(application=OuterRef("pk"), about=about).order_by("-pk")
    unread = unread_messages(user, about).filter(application=OuterRef("pk"))
    return applications.annotate(
        last_id=last.values("pk")[:1],
        last_side=last.values("side")[:1],
        last_at=last.values("sent_at")[:1],
        new=Exists(unread),
    )


def threads_to_answer(user: User, about: About = About.APPLICATION) -> QuerySet[Application]:
    """Applications in the officer's countries that wait for an answer, oldest first.

    The cluster had the last word, and no officer found that it needs no answer. What is written
    about a voucher waits whatever became of the application.
    """
    settled = ReadMark.objects.filter(
        application=OuterRef("pk"), about=about, last_read=OuterRef("last_id"), settled=True
    )
    found = threads_visible_to(user, about).filter(
        country_id__in=user.officer_countries, last_side=Message.Side.CLUSTER
    )
    if about == About.APPLICATION:
        found = found.exclude(state=Application.State.WITHDRAWN)
    return found.filter(~Exists(settled)).order_by("last_at", "pk")


def waits_for_answer(thread: Thread) -> bool:
    """Whether the cluster had the last word in the thread, and nobody settled it."""
    last = thread.messages.last()
    if last is None or not last.is_from_cluster:
        return False
    return not thread.read_marks.filter(last_read=last, settled=True).exists()
