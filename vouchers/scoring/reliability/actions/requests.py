"""Asking for a study of a ranking."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import Refused, action, constraints_of, judged
from conduct.actions.queueing import queue_after_commit
from vouchers.calls.models import Call
from vouchers.scoring.assessing.models import Assessment
from vouchers.scoring.reliability import tasks
from vouchers.scoring.reliability.models import RankingStudy
from vouchers.scoring.reliability.permissions import may_study_ranking


@action(gettext_lazy("Study of the ranking asked for"))
def request_study(call: Call, *, by: User) -> RankingStudy:
    """Ask for a study of the scores of a call; a worker computes it after the commit.

    Raises Refused while nothing is scored, or another study of the call is being computed.
    """
    call = judged(call, may_study_ranking, by=by)
    if not Assessment.objects.filter(
        state=Assessment.State.SUBMITTED, assignment__application__call=call
    ).exists():
        raise Refused(_("No assessment of this call is submitted yet."))
    with constraints_of(RankingStudy):
        study = RankingStudy.objects.create(
            call=call, requested_by=by, next_attempt_at=RankingStudy.first_turn()
        )
    queue_after_commit(tasks.study_ranking, study.pk)
    return study
