"""The public directory, and the page of each cluster."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from clusters import queries
from clusters.forms.profile import DirectoryFilter
from clusters.permissions import may_edit_for
from records.history import timeline

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
            "track_record": cluster.track_record.all(),
            "private": private,
            "may_edit": may_edit_for.test(request.user, cluster),
            "representatives": queries.representatives_of(cluster) if private else [],
            "entries": timeline(cluster) if private else [],
        },
    )
