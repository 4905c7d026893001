"""The background work of this room: links of providers, and changes of account that they are told of."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from jobs.kinds import Errand, Rows, register_kind

from .tasks import LINKS, mail_provider_link, tell_provider

register_kind(
    Errand(
        slug="provider_accounts",
        title=_("Changes of accounts told to providers"),
        queue="mail",
        patience=timedelta(seconds=30),
        max_attempts=8,
        task=tell_provider,
    )
)
register_kind(
    Rows(
        slug="provider-links",
        title=_("Personal links of providers"),
        queue="mail",
        conductor=LINKS,
        task=mail_provider_link,
        since="issued_at",
    )
)
