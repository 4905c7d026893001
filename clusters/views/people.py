"""Who acts for a cluster: invitations, levels, handing over, leaving."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from accounts.models import User
from accounts.queries import has_proven
from clusters import actions, queries
from clusters.forms.people import LevelForm, RepresentativeInviteForm
from clusters.models import Representative, RepresentativeInvitation
from clusters.permissions import may_sign_for
from conduct.actions import require
from conduct.views import refusal_beside
from notices.queries import bounces_of

from .sections import own_cluster, section_page


@login_required
def people(request: PersonRequest, slug: str) -> HttpResponse:
    """Everybody who acts for the cluster, and who was invited to."""
    cluster = own_cluster(request, slug)
    manages = may_sign_for.test(request.user, cluster)
    form = RepresentativeInviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            invitation = actions.invite_representative(
                cluster, **form.cleaned_data, by=request.user
            )
            messages.success(
                request, _("The invitation goes to %(email)s.") % {"email": invitation.email}
            )
            return redirect("clusters:people", slug=slug)
    representatives = list(queries.representatives_of(cluster))
    bounces = bounces_of(one.user for one in representatives)
    context = {
        "form": form if manages else None,
        "representatives": [
            (one, LevelForm({"level": one.level}, auto_id=False), bounces.get(one.user_id))
            for one in representatives
        ],
        "invitations": queries.standing_invitations(cluster) if manages else [],
        "manages": manages,
    }
    return section_page(request, cluster, "clusters/people.html", context)


@login_required
@require_POST
def change_level(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Change how far somebody may act."""
    representative = _representative(request, slug, pk)
    require(may_sign_for, request.user, representative.cluster)
    form = LevelForm(request.POST)
    if form.is_valid():
        actions.change_level(representative, **form.cleaned_data, by=request.user)
        messages.success(request, _("The level is changed."))
    return redirect("clusters:people", slug=slug)


@login_required
@require_POST
def hand_over(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Make somebody else the manager, and oneself an editor."""
    found = actions.hand_over(_representative(request, slug, pk), by=request.user)
    messages.success(request, _("%(person)s manages the cluster now.") % {"person": found.user})
    return redirect("clusters:people", slug=slug)


@login_required
@require_POST
def remove_representative(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Let somebody act for the cluster no longer; one may also leave."""
    representative = _representative(request, slug, pk)
    actions.remove_representative(representative, by=request.user)
    if representative.user_id == request.user.pk:
        messages.success(request, _("You no longer act for this cluster."))
        return redirect("clusters:mine")
    messages.success(
        request,
        _("%(person)s no longer acts for the cluster.") % {"person": representative.user},
    )
    return redirect("clusters:people", slug=slug)


@login_required
@require_POST
def resend_invitation(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Send an invitation again, with a new link."""
    invitation = actions.resend_invitation(_invitation(request, slug, pk), by=request.user)
    messages.success(request, _("The invitation goes to %(email)s.") % {"email": invitation.email})
    return redirect("clusters:people", slug=slug)


@login_required
@require_POST
def withdraw_invitation(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Take back an invitation."""
    actions.withdraw_representative_invitation(_invitation(request, slug, pk), by=request.user)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("clusters:people", slug=slug)


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What an invitation offers, and, for whoever has proven its address, taking it up."""
    offer = queries.invitation_with(token)
    if offer is None:
        raise Http404
    if request.method == "POST" and request.user.is_authenticated:
        actions.accept_representation(offer, by=request.user)
        messages.success(request, _("Welcome! You act for the cluster now."))
        return redirect(offer.cluster)
    if not offer.is_open:
        return render(request, "accounts/invitation_closed.html", {"invitation": offer}, status=410)
    if not request.user.is_authenticated:
        # Whoever holds the link got our message, so the address needs no second proof.
        get_adapter().stash_verified_email(request, offer.email)
    context = {
        "invitation": offer,
        "address": reverse("clusters:invitation", args=[token]),
        "has_account": User.objects.filter(email=offer.email).exists(),
        "is_theirs": request.user.is_authenticated and has_proven(request.user, offer.email),
    }
    return render(request, "clusters/invitation.html", context)


def _representative(request: PersonRequest, slug: str, pk: int) -> Representative:
    own = queries.representatives_of(own_cluster(request, slug))
    return get_object_or_404(own.select_related("cluster"), pk=pk)


def _invitation(request: PersonRequest, slug: str, pk: int) -> RepresentativeInvitation:
    cluster = own_cluster(request, slug)
    return get_object_or_404(cluster.invitations.select_related("cluster"), pk=pk)
