"""The background work of this room: comparing applications, closing clarifications."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from jobs.kinds import Errand, register_kind

from .queries import to_compare
from .tasks import compare_application


def _oldest() -> datetime | None:
    first = to_compare().first()
    return first.submitted_at if first else None


register_kind(
    Errand(
        slug="comparisons",
        title=_("Comparisons of applications"),
        queue="heavy",
        patience=timedelta(seconds=30),
        oldest=_oldest,
        task=compare_application,
    )
)
register_kind(
    Errand(
        slug="clarifications",
        title=_("Clarifications whose time is over"),
        queue="clock",
        retry_every=timedelta(minutes=10),
    )
)
