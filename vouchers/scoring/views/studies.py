"""How far a ranking can be relied on: statistics, 'what if', and 'why this result?'."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from vouchers.applications.models import SENT, Application
from vouchers.applications.queries import applications_visible_to
from vouchers.calls.models import Call
from vouchers.scoring import actions, places
from vouchers.scoring.explaining import explain
from vouchers.scoring.material import material_of
from vouchers.scoring.permissions import may_read_study, may_study_ranking
from vouchers.scoring.picturing import stability_picture
from vouchers.scoring.studies import latest_study
from vouchers.scoring.supposing import SuppositionForm
from vouchers.scoring.whatif import Beside, compare

from .ranking import ROWS, ranked_call


@login_required
@require_safe
def statistics(request: HttpRequest, slug: str) -> HttpResponse:
    """Spread, severity, agreement and stability, as last computed."""
    call, quotas, chosen = _studied_call(request, slug)
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
        kept = places.kept_ranking(call, [*call.quotas.all()])
        context["is_old"] = not (kept.current and kept.run.revision == study.revision)
    return render(request, "scoring/ranking_statistics.html", context)


@login_required
@require_POST
def ask_study(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a study of the scores as they are."""
    call, _quotas, _chosen = _studied_call(request, slug)
    actions.request_study(call, by=request.user)
    messages.success(request, _("The statistics are being computed. You can leave this page."))
    return redirect("scoring:statistics", call.slug)


@login_required
@require_safe
def study_progress(request: HttpRequest, slug: str) -> HttpResponse:
    """How far the study is; the page that asks is loaded again once it has ended."""
    call, _quotas, _chosen = _studied_call(request, slug)
    study = latest_study(call)
    answer = render(request, "scoring/_study_progress.html", {"call": call, "study": study})
    if study is None or not study.is_pending:
        answer["HX-Refresh"] = "true"
    return answer


@login_required
@require_safe
def what_if(request: HttpRequest, slug: str) -> HttpResponse:
    """The ranking by other rules or without somebody's scores, beside the record; writes nothing."""
    call, quotas, chosen = _studied_call(request, slug)
    criteria = call.criteria.all()
    assessors = User.objects.filter(
        assignments__application__call=call, assignments__state="scored"
    ).distinct()
    asked = "total_threshold" in request.GET
    form = SuppositionForm(
        request.GET if asked else None, call=call, criteria=criteria, assessors=assessors
    )
    context: dict[str, Any] = {"call": call, "quotas": quotas, "chosen": chosen, "form": form}
    if asked and form.is_valid():
        rows = compare(material_of(call), form.supposition(), chosen.country_id)
        page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
        context |= {
            "page": page,
            "rows": _named(page),
            "moving": sum(bool(row.moves) for row in rows),
            "changing_side": sum(row.changes_side for row in rows),
            "gaining": _clusters([row for row in rows if row.gains]),
            "losing": _clusters([row for row in rows if row.loses]),
        }
    return render(request, "scoring/ranking_what_if.html", context)


@login_required
@require_safe
def why(request: HttpRequest, pk: int) -> HttpResponse:
    """Why an application has its result, and how little would have to change."""
    application = get_object_or_404(applications_visible_to(request.user).filter(SENT), pk=pk)
    call, country = application.call, application.country_id
    quotas = places.countries_ranked_for(request.user, [*call.quotas.all()])
    if not may_read_study.test(request.user) or country not in {q.country_id for q in quotas}:
        raise Http404
    material = material_of(call)
    context: dict[str, Any] = {"application": application, "call": call}
    if application.pk in material.countries:
        found = explain(
            material.rules,
            [one for one in material.sheets if material.countries[one.application] == country],
            application.pk,
            quota=material.quotas[country],
            step=call.score_step,
            lowest=call.score_min,
        )
        criteria = {criterion.pk: criterion for criterion in call.criteria.all()}
        context |= {
            "why": found,
            "quota": material.quotas[country],
            "reasons": [(criteria[one.criterion], one) for one in found.criteria],
            "one_score": [(criteria[one.criterion], abs(one.by)) for one in found.one_score],
            "tie_break": criteria.get(found.tie_break),
            "rival": _cluster_of(found.rival.application) if found.rival else None,
            "agreed": any(
                one.agreed and one.application == application.pk for one in material.sheets
            ),
            "moves_unfilled": material.moves_unfilled,
        }
    return render(request, "scoring/ranking_why.html", context)


def _studied_call(request: HttpRequest, slug: str) -> tuple[Call, list[Any], Any]:
    """As for the ranking, for those who read statistics; 404 for all others."""
    if not may_read_study.test(request.user):
        raise Http404
    return ranked_call(request, slug)


def _results(result: dict[str, Any], call: Call, chosen: Any) -> dict[str, Any]:
    """What the page shows of a result, with names: two queries."""
    own = result["countries"].get(chosen.country_id)
    criteria = {criterion.pk: criterion for criterion in call.criteria.all()}
    stability = own["stability"] if own else []
    clusters = _clusters_by_application([row["application"] for row in stability])
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


def _named(rows: Any) -> list[tuple[Beside, str]]:
    """The rows of a page, each with its cluster; one query."""
    rows = list(rows)
    clusters = _clusters_by_application([row.application for row in rows])
    return [(row, clusters.get(row.application, "")) for row in rows]


def _clusters(rows: list[Beside]) -> list[str]:
    return [cluster for _row, cluster in _named(rows)]


def _cluster_of(application: int) -> str:
    return _clusters_by_application([application]).get(application, "")


def _clusters_by_application(applications: list[int]) -> dict[int, str]:
    found = Application.objects.filter(pk__in=applications).select_related("cluster")
    return {application.pk: str(application.cluster) for application in found}
