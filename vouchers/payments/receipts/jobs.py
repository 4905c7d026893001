"""The background work of this room: reminders of receipts, and the links that go with them."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from jobs.kinds import Errand, Rows, register_kind

from .tasks import LINKS, mail_receipt_link

register_kind(
    Errand(
        slug="receipt_reminders",
        title=_("Reminders of receipts"),
        queue="clock",
        retry_every=timedelta(minutes=15),
    )
)
register_kind(
    Rows(
        slug="receipt-links",
        title=_("Personal links for receipts"),
        queue="mail",
        conductor=LINKS,
        task=mail_receipt_link,
        since="issued_at",
    )
)
