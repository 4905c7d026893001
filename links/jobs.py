"""The background work of this room: codes that are mailed."""

from django.utils.translation import gettext_lazy as _

from jobs.kinds import Rows, register_kind

from .actions.mailing import CODES
from .tasks import mail_link_code

register_kind(
    Rows(
        slug="link-codes",
        title=_("Codes of personal links"),
        queue="mail",
        conductor=CODES,
        task=mail_link_code,
        since="asked_at",
    )
)
