"""The background work of this room: rankings, their statistics, reminders of assessments."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from jobs.kinds import Errand, Rows, register_kind

from .models import RankingStudy
from .tasks import compute_ranking, study_ranking

register_kind(
    Rows(
        slug="studies",
        title=_("Statistics of rankings"),
        queue="heavy",
        model=RankingStudy,
        task=study_ranking,
        since="requested_at",
    )
)
register_kind(
    Errand(
        slug="rankings",
        title=_("Rankings"),
        queue="heavy",
        patience=timedelta(seconds=30),
        task=compute_ranking,
    )
)
register_kind(
    Errand(slug="assessment_reminders", title=_("Reminders of assessments"), queue="clock")
)
