"""The background work of this room."""

from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from bulk.actions.doing import RUNS
from bulk.models import PRESS_HOLDS
from bulk.tasks import do_to_each
from jobs.kinds import Rows, register_kind

register_kind(
    Rows(
        slug="bulk",
        title=_("Actions on several rows"),
        queue="clock",
        conductor=RUNS,
        task=do_to_each,
        since="pressed_at",
        # What was pressed long ago is not tried again (`BulkRun.take_up`).
        needs_somebody=Q(pressed_at__gt=Now() - PRESS_HOLDS),
    )
)
