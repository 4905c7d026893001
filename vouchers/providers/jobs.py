"""The background work of this room: providers that are told of a change of their account."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from jobs.kinds import Errand, register_kind

from .tasks import tell_provider

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
