"""The public directory, and the pages on which a cluster keeps its own facts."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from records.acting import require
from records.history import timeline
from records.views import refusal_beside

from . import actions, queries
from .forms import DirectoryFilter, ProfileForm, RegistrationForm
from .models import Cluster
from .permissions import may_edit_for

ROWS = 20


def directory(request: HttpRequest) -> HttpResponse:
    """The clusters that chose to be shown to everybody."""
    filters = DirectoryFilter(request.GET)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    found = queries.matching(queries.listed_clusters(), **chosen)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    return render(request, "clusters/directory.html", {"filters": filters, "page": page})


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One cluster: its public facts to everybody where it is listed, all of them to its own."""
    cluster = get_object_or_404(queries.clusters_readable_by(request.user), slug=slug)
    private = queries.clusters_visible_to(request.user).filter(pk=cluster.pk).exists()
    return render(
        request,
        "clusters/detail.html",
        {
            "cluster": cluster,
            "private": private,
            "may_edit": may_edit_for.test(request.user, cluster),
            "representatives": queries.representatives_of(cluster) if private else [],
            "entries": timeline(cluster) if private else [],
        },
    )


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The clusters for which the person acts."""
    return render(request, "clusters/mine.html", {"clusters": queries.clusters_of(request.user)})


@login_required
def register(request: HttpRequest) -> HttpResponse:
    """Register a cluster; whoever does becomes its manager."""
    form = RegistrationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            cluster = actions.register_cluster(**form.cleaned_data, by=request.user)
            messages.success(request, _("Your cluster is registered. Now you can apply."))
            return redirect(cluster)
    return render(request, "clusters/register.html", {"form": form})


@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the facts of a cluster."""
    cluster = get_object_or_404(queries.clusters_visible_to(request.user), slug=slug)
    # A copy, so that what was typed does not pass for what is, elsewhere on the page.
    form = ProfileForm(request.POST or None, instance=Cluster.objects.get(pk=cluster.pk))
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.update_profile(cluster, by=request.user, **form.cleaned_data)
            messages.success(request, _("The profile is saved."))
            return redirect(cluster)
    require(may_edit_for, request.user, cluster)
    return render(request, "clusters/edit.html", {"form": form, "cluster": cluster})
