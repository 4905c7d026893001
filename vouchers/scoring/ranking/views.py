"""The ranking of a call, and closing its scoring."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.views import ask_why
from vouchers.calls.models import Call, CountryQuota
from vouchers.calls.queries import calls_visible_to
from vouchers.scoring.assessing.queries.consensus import to_agree_on
from vouchers.scoring.ranking.actions.closing import close_scoring, reopen_scoring
from vouchers.scoring.ranking.actions.current import shown_ranking
from vouchers.scoring.ranking.models import StoredPlace
from vouchers.scoring.ranking.queries.stored import (
    ShownRanking,
    countries_ranked_for,
    places_of,
    waiting_in,
)
from vouchers.scoring.rounds.permissions import may_close_scoring

from .permissions import may_read_study

ROWS = 25


class StoredPages(Paginator):
    """Pages of stored places: by their position, and as many as were counted when they were stored."""

    def __init__(self, kept: ShownRanking, call: Call, country: str) -> None:
        super().__init__(places_of(call, country), ROWS)
        self.number = kept.figures_of(country).get("ranked", 0)

    @cached_property
    def count(self) -> int:
        return self.number

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        last = number * self.per_page
        places = cast(QuerySet[StoredPlace], self.object_list)
        found = places.filter(position__gt=last - self.per_page, position__lte=last)
        return Page([*found], number, self)


@login_required
def ranking(request: PersonRequest, slug: str) -> HttpResponse:
    """The ranking of a call in one country; that is chosen in the address."""
    call, quotas, chosen = ranked_call(request, slug)
    kept = shown_ranking(call, [*call.quotas.all()])
    country = chosen.country_id
    page = StoredPages(kept, call, country).get_page(request.GET.get("page"))
    _name_criteria(page, call)
    return render(
        request,
        "scoring/ranking.html",
        {
            "call": call,
            "quotas": quotas,
            "chosen": chosen,
            "kept": kept,
            "told": kept.figures_of(country),
            "page": page,
            "criteria": call.criteria.all(),
            "waiting": waiting_in(kept, country),
            "to_agree": set(
                to_agree_on(request.user)
                .filter(application__in=[place.application_id for place in page])
                .values_list("application", flat=True)
            ),
            "scoring_round": getattr(call, "scoring_round", None),
            "may_close": may_close_scoring.test(request.user, call),
            "may_study": may_read_study.test(request.user),
        },
    )


@login_required
def ranking_state(request: PersonRequest, slug: str) -> HttpResponse:
    """Whether an old ranking is computed anew; the page that asks is then loaded again."""
    call, _quotas, _chosen = ranked_call(request, slug)
    kept = shown_ranking(call, [*call.quotas.all()])
    answer = render(request, "scoring/_ranking_is_old.html", {"call": call, "kept": kept})
    if kept.current:
        answer["HX-Refresh"] = "true"
    return answer


@login_required
@require_POST
def close(request: PersonRequest, slug: str) -> HttpResponse:
    """Close the scoring of a call."""
    call = get_object_or_404(calls_visible_to(request.user), slug=slug)
    close_scoring(call, by=request.user)
    messages.success(request, _("The scoring is closed. The selection can be proposed."))
    return redirect("scoring:ranking", call.slug)


@login_required
def reopen(request: PersonRequest, slug: str) -> HttpResponse:
    """Open a closed scoring again."""
    call = get_object_or_404(calls_visible_to(request.user), slug=slug)
    require(may_close_scoring, request.user, call)
    back = reverse("scoring:ranking", args=[call.slug])
    return ask_why(
        request,
        lambda reason: reopen_scoring(call, reason=reason, by=request.user),
        about=call,
        heading=_("Open the scoring again"),
        label=_("Open again"),
        told=_("The scoring is open again."),
        back=back,
    )


def _name_criteria(page: Page, call: Call) -> None:
    """Put the criteria's names into the results of the page's places, for small screens."""
    names = {criterion.pk: str(criterion.name) for criterion in call.criteria.all()}
    for place in page:
        for result in place.criteria:
            result["name"] = names[result["criterion"]]


def ranked_call(request: PersonRequest, slug: str) -> tuple[Call, list[CountryQuota], CountryQuota]:
    """The call, the countries whose ranking the person reads, and the one that they chose.

    404 where there is none, or not the one that the address names.
    """
    visible = (
        calls_visible_to(request.user)
        .select_related("scoring_round")
        .prefetch_related("criteria", "quotas__country")
    )
    call = get_object_or_404(visible, slug=slug)
    quotas = countries_ranked_for(request.user, [*call.quotas.all()])
    wanted = request.GET.get("country")
    chosen = next((one for one in quotas if wanted in (None, "", one.country_id)), None)
    if chosen is None:
        raise Http404
    return call, quotas, chosen
