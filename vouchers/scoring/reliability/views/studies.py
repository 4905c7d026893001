"""What the scores of a call say of themselves: spread, severity, agreement, stability."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import PersonRequest
from accounts.models import User
from vouchers.calls.models import Call
from vouchers.scoring.ranking.actions.current import shown_ranking
from vouchers.scoring.ranking.permissions import may_read_study
from vouchers.scoring.ranking.views import ranked_call
from vouchers.scoring.reliability.actions.requests import request_study
from vouchers.scoring.reliability.permissions import may_study_ranking
from vouchers.scoring.reliability.queries import clusters_by_application, latest_study

from .picture import stability_picture


@login_required
@require_safe
def statistics(request: PersonRequest, slug: str) -> HttpResponse:
    """Spread, severity, agreement and stability, as last computed."""
    call, quotas, chosen = studied_call(request, slug)
    study = latest_study(call)
    context = {
        "call": call,
        "quotas": quotas,
        "chosen": chosen,
        "study": study,
        "may_ask": may_study_ranking.test(request.user, call),
    }
    if study and study.result:
        context |= _results(study.result, call, chosen)
        # What hides a country from the person hides what is counted over all of them too.
        context["may_read_all"] = len(quotas) == len(call.quotas.all())
        kept = shown_ranking(call, [*call.quotas.all()])
        context["is_old"] = not (kept.current and kept.run and kept.run.revision == study.revision)
    return render(request, "scoring/ranking_statistics.html", context)


@login_required
@require_POST
def ask_study(request: PersonRequest, slug: str) -> HttpResponse:
    """Ask for a study of the scores as they are."""
    call, _quotas, _chosen = studied_call(request, slug)
    request_study(call, by=request.user)
    messages.success(request, _("The statistics are being computed. You can leave this page."))
    return redirect("scoring:statistics", call.slug)


@login_required
@require_safe
def study_progress(request: PersonRequest, slug: str) -> HttpResponse:
    """How far the study is; the page that asks is loaded again once it has ended."""
    call, _quotas, _chosen = studied_call(request, slug)
    study = latest_study(call)
    answer = render(request, "scoring/_study_progress.html", {"job": study})
    if study is None or not study.is_pending:
        answer["HX-Refresh"] = "true"
    return answer


def studied_call(request: PersonRequest, slug: str) -> tuple[Call, list[Any], Any]:
    """As for the ranking, for those who read statistics; 404 for all others."""
    if not may_read_study.test(request.user):
        raise Http404
    return ranked_call(request, slug)


def _results(result: dict[str, Any], call: Call, chosen: Any) -> dict[str, Any]:
    """What the page shows of a result, with names: two queries."""
    own = result["countries"].get(chosen.country_id)
    criteria = {criterion.pk: criterion for criterion in call.criteria.all()}
    stability = own["stability"] if own else []
    clusters = clusters_by_application([row["application"] for row in stability])
    people = User.objects.in_bulk([one["assessor"] for one in result["assessors"]])
    named = [
        {
            **row,
            "cluster": clusters.get(row["application"], ""),
            "within": row["share"] * 100,
            "at_edge": row["tied"] * 100,
            "passing": row["passes"] * 100,
        }
        for row in stability
    ]
    return {
        "result": result,
        "own": own,
        "criteria": [
            (criteria[one["criterion"]], one) for one in (own or result["overall"])["criteria"]
        ],
        "stability": named,
        "picture": stability_picture(named, quota=chosen.vouchers),
        "assessors": sorted(
            ({**one, "person": people.get(one["assessor"])} for one in result["assessors"]),
            key=lambda one: (not one["shared"], one["points"], one["assessor"]),
        ),
        "resamples": result["resamples"],
    }
