"""The background work of this room: links and e-mails to providers that are asked for a quote."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from jobs.kinds import Errand, Rows, register_kind

from .tasks import LINKS, mail_provider, mail_quote_link

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
register_kind(
    Rows(
        slug="quote-links",
        title=_("Personal links for quotes"),
        queue="mail",
        conductor=LINKS,
        task=mail_quote_link,
        since="issued_at",
    )
)
