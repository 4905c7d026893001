"""The background work of this room: messages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from conduct.actions.queueing import queue_after_commit
from jobs.actions.attempts import revive
from jobs.kinds import Errand, Rows, WorkKind, register_kind
from notices.actions.sending import NOTICES, send_by_itself

from .models import Notice
from .tasks import send_notice

register_kind(
    Rows(
        slug="notices",
        title=_("Messages"),
        queue="mail",
        conductor=NOTICES,
        task=send_notice,
        since="created_at",
        label=lambda notice: f"{notice} · {notice.recipient.email}",
        renew=send_by_itself,
    )
)


class PerhapsSent(WorkKind):
    """Messages of which nobody knows whether they went: apart from those that did not, so that whoever
    tries all of those again sends none of these twice.
    """

    def waiting_since(self) -> datetime | None:
        return None

    def set_aside(self) -> QuerySet[Notice]:
        return Notice.objects.filter(state=Notice.State.UNSURE).order_by("-next_attempt_at")

    def without_space(self) -> QuerySet[Notice]:
        return Notice.objects.none()

    def again(self, found: Any) -> None:
        notice = revive(found)
        send_by_itself(notice)
        queue_after_commit(send_notice, str(notice.pk))


register_kind(PerhapsSent(slug="perhaps", title=_("Messages that were perhaps sent"), queue="mail"))
# Once a day for each person, and at once after a flood.
register_kind(
    Errand(slug="late_letters", title=_("Letters that follow their message"), queue="clock")
)
register_kind(Errand(slug="gathering", title=_("Gathered e-mails"), queue="clock"))
