"""The bank details of a cluster, for its managers and for staff."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from clusters import actions, queries
from clusters.forms.bank import AccountForm
from clusters.models import Cluster
from clusters.permissions import may_read_account, may_sign_for, may_verify_account
from conduct.actions import require
from conduct.views import refusal_beside

from .sections import own_cluster, section_page


@login_required
@never_cache
def bank(request: PersonRequest, slug: str) -> HttpResponse:
    """The account as it is now, and those that it replaced."""
    cluster = _readable(request, slug)
    account = queries.current_account(cluster)
    context = {
        "account": account,
        "earlier": cluster.bank_accounts.exclude(replaced_at=None).select_related("entered_by"),
        "shared_with": queries.clusters_sharing_account(cluster)
        if may_verify_account.test(request.user, cluster)
        else [],
        "may_change": may_sign_for.test(request.user, cluster),
        "may_verify": account is not None
        and account.verified_at is None
        and may_verify_account.test(request.user, cluster),
    }
    return section_page(request, cluster, "clusters/bank.html", context)


@login_required
@never_cache
def change_account(request: PersonRequest, slug: str) -> HttpResponse:
    """Give other bank details."""
    cluster = _readable(request, slug)
    require(may_sign_for, request.user, cluster)
    form = AccountForm(request.POST or None, owner=cluster)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.change_account(cluster, **form.cleaned_data, by=request.user)
            messages.success(
                request, _("The bank details are saved, and every manager of the cluster is told.")
            )
            return redirect("clusters:bank", slug=slug)
    return section_page(request, cluster, "clusters/change_account.html", {"form": form})


@login_required
@require_POST
def verify_account(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Note that the account was checked against a paper of the bank."""
    cluster = _readable(request, slug)
    account = get_object_or_404(cluster.bank_accounts, pk=pk)
    actions.verify_account(account, by=request.user)
    messages.success(request, _("The bank details are verified."))
    return redirect("clusters:bank", slug=slug)


def _readable(request: PersonRequest, slug: str) -> Cluster:
    """The cluster, for whoever may read its account in full; editors and readers find no page."""
    cluster = own_cluster(request, slug)
    if not may_read_account.test(request.user, cluster):
        raise Http404
    return cluster
