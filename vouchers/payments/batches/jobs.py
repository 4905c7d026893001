"""The background work of this room: e-mails to payees."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from jobs.kinds import Errand, register_kind

from .tasks import mail_payee

register_kind(
    Errand(
        slug="payee_mails",
        title=_("E-mails to payees whose payment came back"),
        queue="mail",
        patience=timedelta(seconds=30),
        max_attempts=8,
        task=mail_payee,
    )
)
