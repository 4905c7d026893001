"""Pages about people and their roles."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts import actions, queries
from accounts.forms import ExclusionForm, RoleReasonForm
from accounts.middleware import PersonRequest
from accounts.models import FLOOR, Role
from accounts.permissions import (
    is_administrator,
    may_see_grants,
    may_set_exclusions,
)
from conduct.views import ask_why, refusal_beside

from .lists import Grants, People

# So many that wait for a word are shown.
ROWS = 20


@login_required
def people(request: PersonRequest) -> HttpResponseBase:
    """Everybody with an account, for administrators."""
    return People(request).answer()


@login_required
def revoke(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask why a role is taken away, and take it."""
    if not is_administrator.test(request.user):
        raise Http404
    grant = get_object_or_404(queries.grants_visible_to(request.user), pk=pk)
    form = RoleReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.revoke_role(grant, by=request.user, **form.cleaned_data)
            messages.success(
                request,
                _("%(person)s no longer holds the role.") % {"person": grant.user},
            )
            return redirect("accounts:people")
    return render(request, "accounts/revoke.html", {"form": form, "grant": grant})


@login_required
def given_roles(request: PersonRequest) -> HttpResponseBase:
    """Every role that was given, by whom and with whose word; what waits; what excludes what."""
    if not may_see_grants.test(request.user):
        raise Http404
    may_change = may_set_exclusions.test(request.user)
    form = ExclusionForm(request.POST or None)
    if request.method == "POST":
        if not may_change:
            raise Http404
        if form.is_valid():
            with refusal_beside(form):
                actions.exclude_roles(**form.cleaned_data, by=request.user)
                messages.success(request, _("These roles exclude one another from now on."))
                return redirect("accounts:roles")
    return Grants(request).answer(
        form=form,
        may_change=may_change,
        waiting=queries.invitations_to_confirm(request.user)[:ROWS],
        floor=sorted([Role(role).label for role in sorted(pair)] for pair in FLOOR),
        policy=queries.exclusions_standing(),
    )


@login_required
def lift(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask why two roles may be held together again, and let them."""
    if not may_set_exclusions.test(request.user):
        raise Http404
    exclusion = get_object_or_404(queries.exclusions_standing(), pk=pk)
    return ask_why(
        request,
        lambda reason: actions.lift_exclusion(exclusion, reason=reason, by=request.user),
        about=exclusion,
        heading=_("Let one person hold both roles"),
        label=_("Lift the exclusion"),
        told=_("The exclusion is lifted."),
        back="accounts:roles",
        hint=_("Every administrator and coordinator reads it."),
    )
