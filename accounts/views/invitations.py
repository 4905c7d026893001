"""Pages about invitations to roles."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import actions, queries
from accounts.forms import InviteForm
from accounts.middleware import PersonRequest
from accounts.models import Invitation, User
from accounts.permissions import may_invite_somebody
from accounts.views.lists import InvitationList
from conduct.views import refusal_beside


@login_required
def invite(request: PersonRequest) -> HttpResponseBase:
    """Invite somebody to a role, and see which invitations still wait for an answer."""
    if not may_invite_somebody(request.user):
        raise Http404
    form = InviteForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            invitation = actions.invite_person(**form.cleaned_data, by=request.user)
            messages.success(request, _said(invitation))
            return redirect("accounts:invite")
    return InvitationList(request).answer(form=form)


@login_required
@require_POST
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Take back an invitation."""
    invitation = get_object_or_404(queries.invitations_visible_to(request.user), pk=pk)
    actions.withdraw_invitation(invitation, by=request.user)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("accounts:invite")


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What an invitation offers, and, for whoever has proven its address, taking it up."""
    offer = get_object_or_404(Invitation.objects.select_related("invited_by"), token=token)
    if request.method == "POST" and request.user.is_authenticated:
        actions.accept_invitation(offer, by=request.user)
        messages.success(request, _("Welcome! Your role is set up."))
        return redirect(settings.LOGIN_REDIRECT_URL)
    if not offer.is_open:
        return render(request, "accounts/invitation_closed.html", {"invitation": offer}, status=410)
    if not request.user.is_authenticated:
        # Whoever holds the link got our message, so the address needs no second proof.
        get_adapter().stash_verified_email(request, offer.email)
    return render(
        request,
        "accounts/invitation.html",
        {
            "invitation": offer,
            "address": reverse("accounts:invitation", args=[token]),
            "has_account": User.objects.filter(email=offer.email).exists(),
            "is_theirs": request.user.is_authenticated
            and queries.has_proven(request.user, offer.email),
        },
    )


@login_required
@require_POST
def confirm(request: PersonRequest, pk: int) -> HttpResponse:
    """Give the second word on a role that somebody else offers."""
    invitation = get_object_or_404(queries.invitations_to_confirm(request.user), pk=pk)
    actions.confirm_invitation(invitation, by=request.user)
    messages.success(request, _("The invitation goes to %(email)s.") % {"email": invitation.email})
    return redirect("accounts:roles")


def _said(invitation: Invitation) -> str:
    facts = {"email": invitation.email}
    if invitation.waits_for_a_second_word:
        return (
            _("It goes to %(email)s once an administrator or coordinator besides you confirms it.")
            % facts
        )
    return _("The invitation goes to %(email)s.") % facts
