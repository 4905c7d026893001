"""The background work of this room: previews, and files that wait for the virus scanner."""

from django.utils.translation import gettext_lazy as _

from files.actions.making import PREVIEWS
from jobs.kinds import Errand, Rows, register_kind

from .tasks import make_preview

register_kind(
    Rows(
        slug="previews",
        title=_("Previews of files"),
        queue="heavy",
        conductor=PREVIEWS,
        task=make_preview,
        since="next_attempt_at",
    )
)
register_kind(Errand(slug="held_uploads", title=_("Files to be checked"), queue="heavy"))
