"""The home page of each role."""

from __future__ import annotations

from collections import Counter

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
from reports import queries
from vouchers.applications.steps import YOU
from vouchers.calls.models import Call
from vouchers.calls.queries import accepting_calls

from .about import asked_about, asked_words
from .refreshing import Page, is_refresh, refreshing


def home(request: HttpRequest) -> HttpResponse:
    """What the portal is for; for people who are logged in, what waits for them."""
    user = request.user
    if not user.is_authenticated:
        # The page of somebody whose session has ended asks what is new.
        if is_refresh(request):
            return HttpResponse(status=401)
        context = {"calls": _open_calls(), "totals": queries.totals(for_everybody=True)}
        return render(request, "dashboards/welcome.html", context)
    if user.is_staff_member:
        return refreshing(request, asked_words(request), lambda: _desk(request, user))
    return refreshing(request, "", lambda: _of_cluster(user))


def _open_calls() -> QuerySet[Call]:
    """The calls that are open now, with the countries that their cards name."""
    return accepting_calls().prefetch_related("quotas__country")[:3]


def _of_cluster(user: User) -> Page:
    """What comes next for who acts for a cluster, their vouchers, and the calls that are open."""
    vouchers = vouchers_of(user)
    steps = steps_of_applicant(user, vouchers)
    context = {
        "steps": steps,
        "own": own_vouchers([one.voucher for one in vouchers]),
        "calls": _open_calls(),
    }
    yours = Counter(step.key for step in steps if step.whose == YOU)
    return Page("dashboards/home.html", context, yours)


def _desk(request: HttpRequest, user: User) -> Page:
    """What waits for somebody of staff, what is late, what comes, and the figures they work by."""
    about = asked_about(request, user, remembers=not is_refresh(request))
    desk = desk_of(user)
    context = {
        "desk": desk,
        "figures": figures_of_desk(user, about.scope, about.countries),
        "filters": about.form,
        "may_search_history": may_search_history.test(user),
        "warnings": upkeep.warnings_for(user),
    }
    return Page("dashboards/desk.html", context, {work.name: work.number for work in desk.waits})
