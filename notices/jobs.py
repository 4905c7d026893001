"""The background work of this room: messages."""

from django.utils.translation import gettext_lazy as _

from jobs.kinds import Errand, Rows, register_kind
from notices.actions.sending import NOTICES, send_by_itself

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
# Once a day for each person, and at once after a flood.
register_kind(
    Errand(slug="late_letters", title=_("Letters that follow their message"), queue="clock")
)
register_kind(Errand(slug="gathering", title=_("Gathered e-mails"), queue="clock"))
