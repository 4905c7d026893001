"""The background work of this room: studies of rankings."""

from django.utils.translation import gettext_lazy as _

from jobs.kinds import Rows, register_kind

from .actions.studies import STUDIES
from .tasks import study_ranking

register_kind(
    Rows(
        slug="studies",
        title=_("Statistics of rankings"),
        queue="heavy",
        conductor=STUDIES,
        task=study_ranking,
        since="requested_at",
    )
)
