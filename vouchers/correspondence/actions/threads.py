"""Messages between a cluster, its country partner and, about a voucher, the coordination."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.queries import people_holding
from clusters.queries import writers_for
from conduct.actions import Refused, action, judged, locked
from notices.actions import mark_seen_about, notify_each
from vouchers.applications.models import Application, Recusal
from vouchers.applications.queries import applications_visible_to, officers_told_of
from vouchers.correspondence.models import LONGEST_MESSAGE, About, Message, ReadMark, Thread
from vouchers.correspondence.permissions import (
    may_write_about_voucher,
    may_write_message,
    writes_for_applicant,
    writes_for_partner,
)
from vouchers.correspondence.queries import has_voucher

from .texts import stored_text

# The kind of notice that tells of a message.
_NOTICES = {About.APPLICATION: "message-received", About.VOUCHER: "message-about-voucher"}


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
    return _written(Thread(application), text, by=by, key=key)


@action(gettext_lazy("Message about the voucher sent"))
def send_voucher_message(
    application: Application, text: str, *, by: User, key: UUID | None = None
) -> Message:
    """Write about the voucher of an application; the other sides are told, and answer in the portal.

    As `send_message`; coordinators write too. Raises Refused where no voucher was issued.
    """
    application = judged(
        application,
        may_write_about_voucher,
        by=by,
        otherwise=_("Only the cluster, its country partner and coordinators write here."),
    )
    return _written(Thread(application, About.VOUCHER), text, by=by, key=key)


def _written(thread: Thread, text: str, *, by: User, key: UUID | None) -> Message:
    """The message, in a thread whose application is locked and whose writer was judged."""
    sent = thread.messages.filter(author=by, key=key).first() if key else None
    if sent is not None:
        return sent
    _require_open(thread)
    message = Message.objects.create(
        application=thread.application,
        about=thread.about,
        author=by,
        side=_side_of(by, thread),
        text=stored_text(text, LONGEST_MESSAGE),
        sent_at=timezone.now(),
        key=key or uuid4(),
    )
    mark_thread_read(thread.application, about=thread.about, by=by)
    _tell_other_sides(message, thread)
    return message


def _side_of(writer: User, thread: Thread) -> Message.Side:
    if writes_for_applicant.test(writer, thread.application):
        return Message.Side.CLUSTER
    if writes_for_partner.test(writer, thread.application):
        return Message.Side.PARTNER
    return Message.Side.PROGRAMME


@action(gettext_lazy("Messages read"))
def mark_thread_read(
    application: Application, *, by: User, about: About = About.APPLICATION
) -> None:
    """Note that the person has read every message of the thread, and so its notices."""
    application = locked(application)
    if not applications_visible_to(by).filter(pk=application.pk).exists():
        return
    thread = Thread(application, about)
    newest = thread.messages.last()
    if newest is None or thread.read_marks.filter(person=by, last_read=newest).exists():
        return
    ReadMark.objects.update_or_create(
        application=application,
        about=about,
        person=by,
        defaults={"last_read": newest, "settled": False},
    )
    mark_seen_about(application, _NOTICES[thread.about], by=by)


@action(gettext_lazy("No answer needed"))
def settle_thread(application: Application, *, by: User, about: About = About.APPLICATION) -> None:
    """Note that the last message of the cluster needs no answer, until it writes again.

    Raises NotAllowed for anybody but an officer who could answer.
    """
    application = judged(application, writes_for_partner, by=by)
    newest = Thread(application, about).messages.last()
    if newest is not None:
        ReadMark.objects.update_or_create(
            application=application,
            about=about,
            person=by,
            defaults={"last_read": newest, "settled": True},
        )


def _require_open(thread: Thread) -> None:
    application = thread.application
    if thread.is_about_voucher:
        if not has_voucher(application):
            raise Refused(_("There is no voucher yet to write about."))
        return
    if application.is_draft:
        raise Refused(
            _(
                "Your country partner reads messages once the application is sent. Until then, ask "
                "on the page of the call."
            )
        )
    if application.state == Application.State.WITHDRAWN:
        raise Refused(_("The application is withdrawn: nobody can write about it any more."))


def _tell_other_sides(message: Message, thread: Thread) -> None:
    application = thread.application
    people: dict[int, User] = {}
    if message.side != Message.Side.CLUSTER:
        people |= {one.pk: one for one in writers_for(application.cluster)}
    if message.side != Message.Side.PARTNER:
        people |= {one.pk: one for one in officers_told_of(application)}
    if thread.is_about_voucher:
        people |= {one.pk: one for one in _coordinators_in(thread)}
    subject = application.award.voucher if thread.is_about_voucher else application
    notify_each(
        people.values(),
        _NOTICES[thread.about],
        but=message.author,
        facts={
            "reference": subject.reference,
            "cluster": application.cluster.name,
            "author": str(message.author),
            "text": message.text,
        },
        url=thread.reply_address,
        about=application,
        key=f"message-{message.pk}",
    )


def _coordinators_in(thread: Thread) -> list[User]:
    """The coordinators who wrote in the thread; the others read it, and are told of nothing."""
    wrote = thread.messages.filter(side=Message.Side.PROGRAMME).values("author")
    recused = Recusal.objects.filter(application=thread.application).values("person")
    return list(people_holding(Role.COORDINATOR).filter(pk__in=wrote).exclude(pk__in=recused))
