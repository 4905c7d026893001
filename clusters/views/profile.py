"""The pages on which a cluster keeps its own facts, each saved alone."""

from __future__ import annotations

from copy import copy

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from clusters import actions, queries
from clusters.actions import Achievement
from clusters.forms.profile import AchievementFormSet, FactsForm, MissionForm, RegistrationForm
from clusters.permissions import may_edit_for
from conduct.actions import require
from conduct.forms import saves_rows, typed_rows
from conduct.views import refusal_beside

from .sections import own_cluster, section_page


@login_required
def mine(request: PersonRequest) -> HttpResponse:
    """The clusters for which the person acts."""
    return render(request, "clusters/mine.html", {"clusters": queries.clusters_of(request.user)})


@login_required
def register(request: PersonRequest) -> HttpResponse:
    """Register a cluster; whoever does becomes its manager."""
    form = RegistrationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            cluster = actions.register_cluster(**form.cleaned_data, by=request.user)
            messages.success(
                request,
                _("Your cluster is registered. Now you can complete its profile and apply."),
            )
            return redirect(cluster)
    return render(request, "clusters/register.html", {"form": form})


@login_required
def edit(request: PersonRequest, slug: str) -> HttpResponse:
    """Who the cluster is before the law."""
    return _edit_part(request, slug, FactsForm, template="facts", page="clusters:edit")


@login_required
def mission(request: PersonRequest, slug: str) -> HttpResponse:
    """What the cluster works on, and what it does for its members."""
    return _edit_part(request, slug, MissionForm, template="mission", page="clusters:mission")


def _edit_part(
    request: PersonRequest,
    slug: str,
    form_class: type[forms.ModelForm],
    *,
    template: str,
    page: str,
) -> HttpResponse:
    cluster = own_cluster(request, slug)
    # A copy, so that what was typed does not pass for what is, elsewhere on the page.
    form = form_class(request.POST or None, instance=copy(cluster))
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.update_profile(cluster, by=request.user, **form.cleaned_data)
            messages.success(request, _("This part of the profile is saved."))
            return redirect(page, slug=cluster.slug)
    require(may_edit_for, request.user, cluster)
    return section_page(request, cluster, f"clusters/{template}.html", {"form": form})


@login_required
def track_record(request: PersonRequest, slug: str) -> HttpResponse:
    """What the cluster has achieved, year by year."""
    cluster = own_cluster(request, slug)
    require(may_edit_for, request.user, cluster)
    standing = list(cluster.track_record.values("year", "text"))
    formset = AchievementFormSet(typed_rows(request), initial=standing)
    if saves_rows(request) and formset.is_valid():
        rows = [Achievement(row["year"], row["text"]) for row in formset.rows()]
        actions.save_track_record(cluster, rows, by=request.user)
        messages.success(request, _("The track record is saved."))
        return redirect("clusters:track_record", slug=cluster.slug)
    return section_page(request, cluster, "clusters/track_record.html", {"formset": formset})
