"""What keeps the scoring of a call from being closed."""

from __future__ import annotations

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from conduct.queries.scoping import for_system
from vouchers.applications.models import Application
from vouchers.calls.models import Call
from vouchers.scoring.assessing.models import Assessment, Assignment, Consensus

from .ranking import candidates_of


@for_system("a call is closed as a whole")
def problems_before_closing(call: Call) -> list[str]:
    """What still keeps the scoring of a call from being closed, in sentences."""
    problems = []
    if not call.is_past_deadline:
        problems.append(_("The deadline of the call has not passed yet."))
    unchecked = call.applications.filter(state=Application.State.SUBMITTED).count()
    if unchecked:
        problems.append(
            _("Applications whose eligibility is not checked: %(number)s.") % {"number": unchecked}
        )
    unscored = _count_unscored(call)
    if unscored:
        problems.append(
            _("Applications that are not scored by enough assessors: %(number)s.")
            % {"number": unscored}
        )
    differing = Consensus.objects.filter(
        application__call=call,
        application__state=Application.State.ELIGIBLE,
        state=Consensus.State.ASKED,
    ).count()
    if differing:
        problems.append(
            _("Applications whose assessors still have to agree: %(number)s.")
            % {"number": differing}
        )
    return problems


def _count_unscored(call: Call) -> int:
    """How many applications have fewer assessments than their ranking takes.

    The database counts them as `ranked_by_country` would: ranking 10,000 takes seconds.
    """
    assessments = Count(
        "assignments__assessment__scores__assessment",
        filter=Q(
            assignments__state=Assignment.State.SCORED,
            assignments__assessment__state=Assessment.State.SUBMITTED,
        ),
        distinct=True,
    )
    ranked = call.quotas.filter(vouchers__gt=0).values("country")
    concerned = candidates_of(call).filter(country__in=ranked).order_by()
    return concerned.alias(n=assessments).filter(n__lt=call.assessors_required).count()
