"""The public directory, and the page of each cluster."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from clusters import queries
from clusters.models import Cluster
from clusters.permissions import may_edit_for
from clusters.queries.public import told
from conduct.queries.history import timeline
from notices.queries import bounces_of

from .lists import Directory
from .sections import section_page


def directory(request: HttpRequest) -> HttpResponseBase:
    """The clusters whose page is published."""
    return Directory(request).answer()


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One cluster: the published page to everybody, all of its facts to its own and to staff."""
    cluster = get_object_or_404(queries.clusters_readable_by(request.user), slug=slug)
    if queries.clusters_visible_to(request.user).filter(pk=cluster.pk).exists():
        return _private(request, cluster)
    page = queries.published_pages().get(cluster=cluster)
    context = {"cluster": cluster, "page": page, "told": told(page)}
    return render(request, "clusters/public.html", context)


def _private(request: HttpRequest, cluster: Cluster) -> HttpResponse:
    representatives = list(queries.representatives_of(cluster))
    bounces = bounces_of(one.user for one in representatives)
    context = {
        "track_record": cluster.track_record.all(),
        "may_edit": may_edit_for.test(request.user, cluster),
        "account": queries.current_account(cluster),
        "representatives": [(one, bounces.get(one.user_id)) for one in representatives],
        "published": queries.published_page(cluster),
        "entries": timeline(cluster),
    }
    return section_page(request, cluster, "clusters/detail.html", context)
