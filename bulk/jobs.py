"""The background work of this room."""

from django.utils.translation import gettext_lazy as _

from bulk.actions.doing import RUNS
from bulk.tasks import do_to_each
from jobs.kinds import Rows, register_kind

register_kind(
    Rows(
        slug="bulk",
        title=_("Actions on several rows"),
        queue="heavy",
        conductor=RUNS,
        task=do_to_each,
        since="pressed_at",
    )
)
