"""What the pages of a cluster's profile share: finding the cluster, and the way between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rules.predicates import Predicate

from accounts.middleware import PersonRequest
from clusters import queries
from clusters.models import Cluster
from clusters.permissions import may_edit_for, may_read_account, may_read_cluster

# Each page of the profile: its address, its name, and who finds it in the list.
_SECTIONS: list[tuple[str, Promise, Predicate]] = [
    ("clusters:edit", _("Legal facts"), may_edit_for),
    ("clusters:mission", _("Mission and services"), may_edit_for),
    ("clusters:track_record", _("Track record"), may_edit_for),
    ("clusters:members", _("Members"), may_read_cluster),
    ("clusters:growth", _("Growth"), may_read_cluster),
    ("clusters:bank", _("Bank details"), may_read_account),
    ("clusters:page", _("Public page"), may_read_cluster),
    ("clusters:people", _("People"), may_read_cluster),
]


@dataclass(frozen=True)
class ProfileSection:
    """One page of the profile, as its list names it."""

    label: Promise
    url: str
    current: bool


def own_cluster(request: PersonRequest, slug: str) -> Cluster:
    """The cluster, for whoever may read its private profile; 404 for anybody else."""
    # Read once what every permission below asks for.
    prefetch_related_objects([request.user], "representations")
    return get_object_or_404(queries.clusters_visible_to(request.user), slug=slug)


def section_page(
    request: HttpRequest,
    cluster: Cluster,
    template: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """A page of the profile, with the list of all of them beside it."""
    shared = {"cluster": cluster, "sections": _sections(request, cluster)}
    return render(request, template, {**shared, **context}, status=status)


def _sections(request: HttpRequest, cluster: Cluster) -> list[ProfileSection]:
    found = []
    for name, label, allowed in _SECTIONS:
        if allowed.test(request.user, cluster):
            url = reverse(name, args=[cluster.slug])
            found.append(ProfileSection(label, url, request.path.startswith(url)))
    return found
