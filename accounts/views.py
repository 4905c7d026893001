"""Pages about oneself, about people and their roles, and about invitations."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views import i18n
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from records.views import refusal_beside

from . import actions, queries
from .forms import InviteForm, PeopleFilterForm, ProfileForm, ReasonForm
from .models import Invitation, User
from .permissions import may_invite_somebody, may_see_people

ROWS = 20


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Switch the language of the pages, and keep it with the account of whoever is logged in."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        actions.choose_language(request.user, language, by=request.user)
    return i18n.set_language(request)


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """One's own name, language and time zone, and the way to everything that keeps them safe."""
    # A copy, so that what was typed does not pass for what is, elsewhere on the page.
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        actions.change_profile(request.user, **form.cleaned_data, by=request.user)
        with override(request.user.language):
            messages.success(request, _("Your profile is saved."))
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})


@login_required
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, for administrators."""
    if not may_see_people(request.user):
        raise Http404
    filters = PeopleFilterForm(request.GET)
    found = queries.matching(queries.people_visible_to(request.user), **filters.chosen)
    return render(
        request,
        "accounts/people.html",
        {
            "filters": filters,
            "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        },
    )


@login_required
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody to a role, and see which invitations still wait for an answer."""
    if not may_invite_somebody(request.user):
        raise Http404
    form = InviteForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            invitation = actions.invite_person(**form.cleaned_data, by=request.user)
            messages.success(
                request, _("The invitation goes to %(email)s.") % {"email": invitation.email}
            )
            return redirect("accounts:invite")
    waiting = queries.standing(queries.invitations_visible_to(request.user))
    page = Paginator(waiting, ROWS).get_page(request.GET.get("page"))
    return render(request, "accounts/invite.html", {"form": form, "page": page})


@login_required
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why a role is taken away, and take it."""
    grant = get_object_or_404(queries.grants_visible_to(request.user), pk=pk)
    form = ReasonForm(request.POST or None)
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
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
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
