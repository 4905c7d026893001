"""Every write about notices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conduct.actions import NotAllowed, action, constraints_of, judged, locked
from conduct.actions.queueing import queue_after_commit
from documents.actions.facts import frozen
from documents.models import Document
from documents.permissions import may_read_document
from jobs.actions.attempts import revive
from notices.actions.sending import send_by_itself
from notices.models import CalendarPart, Notice, Preference
from notices.permissions import may_send_again
from notices.queries import notices_of
from notices.queries.delivery import Route, routes_for
from notices.tasks import send_notice
from notices.wording.topics import MANDATORY, topic_of
from texts.kinds import Family
from texts.queries import WordingAsked, wordings_for
from texts.wording.filling import FROZEN


@dataclass(frozen=True)
class NoticeDraft:
    """What one person is to be told.

    `kind` names the templates `notices/<kind>.subject.txt` and `.body.txt`, which see `facts`
    (JSON), `recipient` and `link` (of `url`, a path of ours; without one, the page of `about`). The
    mail leaves when every one of `documents` is made; it is gathered with others, or not sent at
    all, where the person wants it so (see delivery.route_for). With a `key` (for example
    `award-12`) the person is told once, however often it is asked for. The mail tells the reader's
    calendar of `calendar`, where it is given.
    """

    recipient: User
    kind: str
    facts: dict[str, Any]
    url: str = ""
    documents: Sequence[Document] = ()
    about: models.Model | None = None
    key: str | None = None
    calendar: CalendarPart | None = None


@action(_("Notice written"))
def notify(
    recipient: User,
    kind: str,
    *,
    facts: dict[str, Any],
    url: str = "",
    documents: Iterable[Document] = (),
    about: models.Model | None = None,
    key: str | None = None,
    calendar: CalendarPart | None = None,
) -> Notice:
    """Write down a message to one person (see `NoticeDraft`); it is sent after the commit, once.

    Where the person was told under its `key` already, the notice that exists is returned.
    """
    return _write([NoticeDraft(recipient, kind, facts, url, [*documents], about, key, calendar)])[0]


@action(_("Notices written"))
def notify_many(messages: Sequence[NoticeDraft]) -> list[Notice]:
    """Write down messages, in their order, as `notify` for each; a constant number of queries.

    Only where somebody is told several things that may be gathered is one written after the other,
    since each counts for whether the next is one of a flood.
    """
    people = {message.recipient.pk for message in messages}
    at_once = all(topic_of(message.kind) in MANDATORY for message in messages)
    if at_once or len(people) == len(messages):
        return _write(messages)
    return [notice for message in messages for notice in _write([message])]


def _write(messages: Sequence[NoticeDraft]) -> list[Notice]:
    keys = {message.key for message in messages if message.key is not None}
    told: dict[tuple[Any, str | None], Notice] = {}
    if keys:
        recipients = {message.recipient.pk for message in messages}
        for notice in Notice.objects.filter(recipient__in=recipients, key__in=keys):
            told[notice.recipient_id, notice.key] = notice
    routes = _routes(messages)
    notices, new = [], []
    for message in messages:
        place = (message.recipient.pk, message.key)
        known = told.get(place) if message.key is not None else None
        if known is None:
            known = told[place] = _notice(message, routes[message.kind][message.recipient.pk])
            new.append((known, message))
        notices.append(known)
    _freeze_words(new)
    with constraints_of(Notice):
        Notice.objects.bulk_create([notice for notice, _message in new])
    attached = Notice.documents.through
    attached.objects.bulk_create(
        attached(notice=notice, document=document)
        for notice, message in new
        for document in message.documents
    )
    for notice, _message in new:
        queue_after_commit(send_notice, str(notice.pk))
    return notices


def _freeze_words(new: Sequence[tuple[Notice, NoticeDraft]]) -> None:
    """Keep with each new notice the wording of its kind that coordinators own today."""
    asked = [WordingAsked(notice.kind, notice.language, message.about) for notice, message in new]
    for (notice, _message), wording in zip(new, wordings_for(Family.MAIL, asked), strict=True):
        if wording:
            notice.facts[FROZEN] = wording


def _routes(messages: Sequence[NoticeDraft]) -> dict[str, dict[int, Route]]:
    """How each kind of message goes to whom."""
    people: dict[str, dict[int, User]] = {}
    for message in messages:
        people.setdefault(message.kind, {})[message.recipient.pk] = message.recipient
    now = timezone.now()
    return {kind: routes_for(told.values(), kind, now) for kind, told in people.items()}


def _notice(message: NoticeDraft, route: Route) -> Notice:
    about = message.about
    return Notice(
        recipient=message.recipient,
        kind=message.kind,
        topic=topic_of(message.kind),
        delivery=route.delivery,
        hold_until=route.hold_until,
        language=message.recipient.language,
        facts=frozen(message.facts),
        url=message.url or _page_of(about),
        content_type=ContentType.objects.get_for_model(about) if about else None,
        object_id=str(about.pk) if about else "",
        calendar=message.calendar.text if message.calendar else "",
        calendar_method=message.calendar.method if message.calendar else "",
        key=message.key,
        created_at=timezone.now(),
        next_attempt_at=Notice.first_turn(),
    )


def notify_each(
    people: Iterable[User], kind: str, *, but: User | None = None, **message: Any
) -> list[Notice]:
    """Tell each of the people who hear of something, once, but for whoever did it; the notices.

    `message` is what a `NoticeDraft` holds besides: facts, url, documents, about, key, calendar.
    """
    hearers = [person for person in dict.fromkeys(people) if person != but]
    return notify_many([NoticeDraft(person, kind, **message) for person in hearers])


def _page_of(about: models.Model | None) -> str:
    page = getattr(about, "get_absolute_url", None)
    return page() if page else ""


@action(_("Notice read"))
def mark_seen(notice: Notice, *, by: User) -> Notice:
    """Note that the recipient has read the notice. Raises NotAllowed for anybody else."""
    notice = locked(notice)
    if notice.recipient_id != by.pk:
        raise NotAllowed(_("You can mark your own notices only."))
    if notice.seen_at is None:
        notice.seen_at = timezone.now()
        notice.save(update_fields=["seen_at"])
    return notice


@action(_("Notices about a record read"))
def mark_seen_about(record: models.Model, kind: str, *, by: User) -> int:
    """Note that the person saw in place what notices of this kind told them; how many were new."""
    about = Notice.objects.filter(
        recipient=by,
        kind=kind,
        content_type=ContentType.objects.get_for_model(record),
        object_id=str(record.pk),
        seen_at=None,
    )
    return about.update(seen_at=timezone.now())


@action(_("Notice marked as unread"))
def mark_unseen(notice: Notice, *, by: User) -> Notice:
    """Put the notice among the new ones again. Raises NotAllowed for anybody but the recipient."""
    notice = locked(notice)
    if notice.recipient_id != by.pk:
        raise NotAllowed(_("You can mark your own notices only."))
    notice.seen_at = None
    notice.save(update_fields=["seen_at"])
    return notice


@action(_("Notices read"))
def mark_all_seen(*, by: User) -> int:
    """Note that the person has read everything; how many notices were new."""
    return notices_of(by).filter(seen_at=None).update(seen_at=timezone.now())


@action(_("Notice sent again"))
def send_again(notice: Notice, *, by: User) -> Notice:
    """Try once more, by itself and at once, what could not be sent; attempts count anew.

    So goes what was perhaps sent, with the same Message-ID: whoever asks has found that it did not
    arrive. Raises NotAllowed for who only reads, OutOfOrder unless the notice failed or is unsure.
    """
    return _sent_again(notice, [Notice.State.FAILED, Notice.State.UNSURE], by)


@action(_("Notice sent again"))
def send_failed_again(notice: Notice, *, by: User) -> Notice:
    """As `send_again`, for who has not looked at it: OutOfOrder unless it certainly did not go."""
    return _sent_again(notice, [Notice.State.FAILED], by)


def _sent_again(notice: Notice, states: Sequence[str], by: User) -> Notice:
    notice = revive(judged(notice, may_send_again, by=by, states=states))
    send_by_itself(notice)
    queue_after_commit(send_notice, str(notice.pk))
    return notice


@action(_("Late letter sent"))
def send_late_letters(notice: Notice) -> Notice | None:
    """Send to the person the letters that were made after their notice; the notice that brings them."""
    notice = locked(notice)
    if not notice.letters_follow or notice.sent_at is None:
        return None
    late = list(
        notice.documents.filter(
            # What was rendered in time may have waited for its seal.
            Q(rendered_at__gt=notice.sent_at) | Q(sealed_at__gt=notice.sent_at)
        )
    )
    late = [one for one in late if may_read_document(notice.recipient, one)]
    notice.letters_follow = False
    notice.save(update_fields=["letters_follow"])
    if not late:
        return None
    return notify(
        notice.recipient,
        "letter-follows",
        facts={"subject": notice.subject, "sent_at": notice.sent_at.isoformat()},
        url=notice.url,
        documents=late,
        about=notice.about,
        key=f"letter-follows-{notice.pk}-{notice.sent_at:%Y%m%d%H%M%S}",
    )


@action(_("Delivery of notices chosen"))
def choose_delivery(
    person: User, choices: Mapping[str, str], *, by: User, reason: str = ""
) -> None:
    """Keep how a person wants the notices of each topic named in `choices`.

    Raises NotAllowed for anybody else, Refused for a topic whose notices always come at once.
    """
    if person != by:
        raise NotAllowed(_("You can choose for yourself only."))
    for topic, delivery in choices.items():
        with constraints_of(Preference):
            Preference.objects.update_or_create(
                person=person, topic=topic, defaults={"delivery": delivery}
            )
