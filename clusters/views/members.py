"""The members of a cluster: the list, one of them, and those who left."""

from __future__ import annotations

from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from clusters import actions, queries
from clusters.forms.members import LeftForm, MemberForm
from clusters.models import Cluster, Member, MemberKind
from clusters.permissions import may_edit_for
from conduct.actions import require
from conduct.views import refusal_beside

from .lists import MemberList
from .sections import own_cluster, section_page


@login_required
def members(request: PersonRequest, slug: str) -> HttpResponseBase:
    """Who belongs to the cluster, and who did."""
    cluster = own_cluster(request, slug)
    kinds = queries.members_by_kind(cluster)
    return MemberList(request, cluster).answer(
        kinds=[(MemberKind(kind).label, number) for kind, number in kinds.items()],
        current=sum(kinds.values()),
        may_edit=may_edit_for.test(request.user, cluster),
    )


@login_required
def add_member(request: PersonRequest, slug: str) -> HttpResponse:
    """Enter a member."""
    cluster = own_cluster(request, slug)
    require(may_edit_for, request.user, cluster)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            member = actions.enter_member(cluster, **form.cleaned_data, by=request.user)
            messages.success(request, _("%(member)s is entered.") % {"member": member})
            return redirect("clusters:members", slug=slug)
    return section_page(request, cluster, "clusters/member.html", {"form": form})


@login_required
def edit_member(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Correct what is known of a member."""
    cluster, member = _own_member(request, slug, pk)
    require(may_edit_for, request.user, cluster)
    form = MemberForm(request.POST or None, instance=copy(member))
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.change_member(member, **form.cleaned_data, by=request.user)
            messages.success(request, _("The member is saved."))
            return redirect("clusters:members", slug=slug)
    context = {"form": form, "member": member}
    return section_page(request, cluster, "clusters/member.html", context)


@login_required
def member_left(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Ask in which year a member left, and note it."""
    cluster, member = _own_member(request, slug, pk)
    require(may_edit_for, request.user, cluster)
    form = LeftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.mark_as_left(member, **form.cleaned_data, by=request.user)
            messages.success(request, _("%(member)s has left.") % {"member": member})
            return redirect("clusters:members", slug=slug)
    context = {"form": form, "member": member}
    return section_page(request, cluster, "clusters/member_left.html", context)


@login_required
@require_POST
def derive_members(request: PersonRequest, slug: str) -> HttpResponse:
    """Take the number of members from the list."""
    cluster = actions.derive_members(own_cluster(request, slug), by=request.user)
    messages.success(
        request,
        _("The profile now says: %(number)s members.") % {"number": cluster.member_count},
    )
    return redirect("clusters:members", slug=slug)


def _own_member(request: PersonRequest, slug: str, pk: int) -> tuple[Cluster, Member]:
    cluster = own_cluster(request, slug)
    return cluster, get_object_or_404(cluster.members, pk=pk)
