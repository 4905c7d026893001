"""How the work in the background goes."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.views import same_site_referrer
from dashboards import actions
from dashboards.permissions import may_look_at_work, may_try_again
from dashboards.queries import upkeep
from jobs.actions.living import queue_states
from jobs.kinds import every_kind
from jobs.queries import oldest_by_queue


@login_required
def background(request: PersonRequest) -> HttpResponse:
    """How the work in the background goes: each queue, and what was set aside."""
    if not may_look_at_work.test(request.user):
        raise Http404
    context = {
        "queues": queue_states(oldest_by_queue()),
        "set_aside": list(upkeep.set_aside()),
        "without_space": list(upkeep.without_space()),
        "without_seal": upkeep.without_seal(),
        "warnings": upkeep.warnings_for(request.user),
        "may_try_again": may_try_again.test(request.user),
    }
    return render(request, "dashboards/background.html", context)


@login_required
@require_POST
def try_again(request: PersonRequest, kind: str) -> HttpResponse:
    """Try anew everything of a kind that was set aside."""
    if not may_look_at_work.test(request.user) or kind not in {k.slug for k in every_kind()}:
        raise Http404
    number = actions.try_again(kind, by=request.user)
    messages.success(request, upkeep.told_again(number))
    return redirect(same_site_referrer(request))
