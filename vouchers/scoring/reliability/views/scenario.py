"""'What if': the ranking by other rules or without somebody's scores."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.middleware import PersonRequest
from accounts.models import User
from vouchers.scoring.ranking.views import ROWS
from vouchers.scoring.reliability.forms import ScenarioForm
from vouchers.scoring.reliability.queries import call_scores_of, clusters_by_application
from vouchers.scoring.rules.scenario import Beside, compare

from .studies import studied_call


@login_required
@require_safe
def what_if(request: PersonRequest, slug: str) -> HttpResponse:
    """The ranking by other rules or without somebody's scores, beside the record; writes nothing."""
    call, quotas, chosen = studied_call(request, slug)
    criteria = call.criteria.all()
    assessors = User.objects.filter(
        assignments__application__call=call, assignments__state="scored"
    ).distinct()
    asked = "total_threshold" in request.GET
    form = ScenarioForm(
        request.GET if asked else None, call=call, criteria=criteria, assessors=assessors
    )
    context: dict[str, Any] = {"call": call, "quotas": quotas, "chosen": chosen, "form": form}
    if asked and form.is_valid():
        rows = compare(call_scores_of(call), form.scenario(), chosen.country_id)
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


def _named(rows: Any) -> list[tuple[Beside, str]]:
    """The rows of a page, each with its cluster; one query."""
    rows = list(rows)
    clusters = clusters_by_application([row.application for row in rows])
    return [(row, clusters.get(row.application, "")) for row in rows]


def _clusters(rows: list[Beside]) -> list[str]:
    return [cluster for _row, cluster in _named(rows)]
