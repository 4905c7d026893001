"""The background work of this room: rankings."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from jobs.kinds import Errand, register_kind

from .tasks import compute_ranking

register_kind(
    Errand(
        slug="rankings",
        title=_("Rankings"),
        queue="heavy",
        patience=timedelta(seconds=30),
        task=compute_ranking,
    )
)
