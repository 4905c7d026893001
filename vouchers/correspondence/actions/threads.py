"""Messages between a cluster and its country partner about an application."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.queries import writers_for
from conduct.actions import Refused, action, judged, locked
from notices.actions import mark_seen_about, notify_each
from vouchers.applications.models import Application
from vouchers.applications.queries import applications_visible_to, officers_told_of
from vouchers.correspondence.models import LONGEST_MESSAGE, Message, ReadMark
from vouchers.correspondence.permissions import (
    may_write_message,
    writes_for_applicant,
    writes_for_partner,
)

from .texts import stored_text


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
        text=stored_text(text, LONGEST_MESSAGE),
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
    notify_each(
        people,
        "message-received",
        but=message.author,
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
