"""Sharing the applications of a call out among assessors: a proposal to look through and confirm."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext

from accounts.middleware import PersonRequest
from accounts.permissions import is_coordinator, is_officer
from conduct.views import refusal_beside
from vouchers.calls.queries import calls_visible_to
from vouchers.scoring.assessing import actions
from vouchers.scoring.assessing.forms.workload import WorkloadForm
from vouchers.scoring.assessing.queries.workload import workload_of
from vouchers.scoring.rules.optimiser import missing_after


@login_required
def balance(request: PersonRequest, slug: str) -> HttpResponse:
    """Who is proposed for which application; nothing is written before it is confirmed."""
    if not (is_officer | is_coordinator).test(request.user):
        raise Http404
    call = get_object_or_404(calls_visible_to(request.user), slug=slug)
    workload = workload_of(request.user, call)
    form = WorkloadForm(request.POST or None, workload=workload)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            asked = actions.assign_together(call, form.pairs(), by=request.user)
            messages.success(
                request,
                ngettext(
                    "%(number)s assessment is asked for.",
                    "%(number)s assessments are asked for.",
                    len(asked),
                )
                % {"number": len(asked)},
            )
            return redirect("scoring:list")
    short = missing_after(workload.needs, workload.pairs)
    return render(
        request,
        "scoring/balance.html",
        {"call": call, "form": form, "more": workload.more, "short": sum(short.values())},
    )
