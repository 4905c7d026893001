"""'Why this result?': how the points of an application come about."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.middleware import PersonRequest
from vouchers.applications.models import SENT
from vouchers.applications.queries import applications_visible_to
from vouchers.scoring.ranking.permissions import may_read_study
from vouchers.scoring.ranking.queries.stored import countries_ranked_for
from vouchers.scoring.reliability.queries import call_scores_of, clusters_by_application
from vouchers.scoring.rules.explanation import explain


@login_required
@require_safe
def why(request: PersonRequest, pk: int) -> HttpResponse:
    """Why an application has its result, and how little would have to change."""
    application = get_object_or_404(applications_visible_to(request.user).filter(SENT), pk=pk)
    call, country = application.call, application.country_id
    quotas = countries_ranked_for(request.user, [*call.quotas.all()])
    if not may_read_study.test(request.user) or country not in {q.country_id for q in quotas}:
        raise Http404
    call_scores = call_scores_of(call)
    context: dict[str, Any] = {"application": application, "call": call}
    if application.pk in call_scores.countries:
        found = explain(
            call_scores.rules,
            [
                one
                for one in call_scores.sheets
                if call_scores.countries[one.application] == country
            ],
            application.pk,
            quota=call_scores.quotas[country],
            step=call.score_step,
            lowest=call.score_min,
        )
        criteria = {criterion.pk: criterion for criterion in call.criteria.all()}
        context |= {
            "why": found,
            "quota": call_scores.quotas[country],
            "reasons": [(criteria[one.criterion], one) for one in found.criteria],
            "one_score": [(criteria[one.criterion], abs(one.by)) for one in found.one_score],
            "tie_break": criteria.get(found.tie_break) if found.tie_break else None,
            "rival": _cluster_of(found.rival.application) if found.rival else None,
            "agreed": any(
                one.agreed and one.application == application.pk for one in call_scores.sheets
            ),
            "moves_unfilled": call_scores.moves_unfilled,
        }
    return render(request, "scoring/ranking_why.html", context)


def _cluster_of(application: int) -> str:
    return clusters_by_application([application]).get(application, "")
