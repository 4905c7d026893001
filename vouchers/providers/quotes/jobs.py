"""The background work of this room: e-mails to providers that are asked for a quote."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from jobs.kinds import Errand, register_kind

from .tasks import mail_provider

register_kind(
    Errand(
        slug="quote_mails",
        title=_("E-mails to providers about quotes"),
        queue="mail",
        patience=timedelta(seconds=30),
        max_attempts=8,
        task=mail_provider,
    )
)
