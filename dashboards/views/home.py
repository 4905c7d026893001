"""The home page of each role."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from dashboards.history.permissions import may_search_history
from dashboards.panels.desks import figures_of_desk
from dashboards.panels.own import own_vouchers
from dashboards.queries import upkeep
from dashboards.queries.own import vouchers_of
from dashboards.queries.worklist import desk_of
from dashboards.steps import steps_of_applicant
from lists.views import renewable
from reports import queries
from vouchers.calls.models import Call
from vouchers.calls.queries import accepting_calls
from vouchers.standing.actions import judge_the_few

from .about import asked_about


def home(request: HttpRequest) -> HttpResponse:
    """What the portal is for; for people who are logged in, what waits for them."""
    user = request.user
    if not user.is_authenticated:
        context = {"calls": _open_calls(), "totals": queries.totals(for_everybody=True)}
        return render(request, "dashboards/welcome.html", context)
    if user.is_staff_member:
        return _desk(request, user)
    judge_the_few()
    vouchers = vouchers_of(user)
    context = {
        "steps": steps_of_applicant(user, vouchers),
        "own": own_vouchers([one.voucher for one in vouchers]),
        "calls": _open_calls(),
    }
    return render(request, "dashboards/home.html", context)


def _open_calls() -> QuerySet[Call]:
    """The calls that are open now, with the countries that their cards name."""
    return accepting_calls().prefetch_related("quotas__country")[:3]


def _desk(request: HttpRequest, user: User) -> HttpResponse:
    """What waits for somebody of staff, what is late, what comes, and the figures they work by."""
    about = asked_about(request, user)
    judge_the_few()
    context = {
        "desk": desk_of(user),
        "figures": figures_of_desk(user, about.scope, about.countries),
        "filters": about.form,
        "may_search_history": may_search_history.test(user),
        "warnings": upkeep.warnings_for(user),
    }
    return renewable(render(request, "dashboards/desk.html", context))
