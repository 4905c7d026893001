"""One account as administrators look after it: lost factors, open sessions, shut accounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import actions, queries
from accounts.middleware import PersonRequest
from accounts.models import FactorReset, User
from accounts.permissions import may_confirm_reset, may_look_after_account
from conduct.actions import require
from conduct.views import ask_why


@login_required
def account(request: PersonRequest, user_pk: int) -> HttpResponse:
    """What an account holds, how it logs in, and what can be done when that is lost."""
    person = _person(request, user_pk)
    reset = queries.standing_reset(person)
    context = {
        "person": person,
        "factors": queries.factors_of(person),
        "sessions": queries.sessions_of(person),
        "reset": reset,
        "may_confirm": reset is not None and may_confirm_reset.test(request.user, reset),
        "may_look_after": may_look_after_account.test(request.user, person),
    }
    return render(request, "accounts/account.html", context)


@login_required
def reset_factors(request: PersonRequest, user_pk: int) -> HttpResponse:
    """Ask why the second factors are taken off."""
    person = _person(request, user_pk)
    told = (
        _("Another administrator is asked to confirm it.")
        if person.is_staff_member
        else _("The second factors are reset.")
    )
    return _ask(
        request,
        person,
        actions.reset_factors,
        heading=_("Reset second factors"),
        label=_("Reset second factors"),
        told=told,
        hint=_(
            "Say how you know that it is really the person who asks, for example by a call to a number "
            "that you had before. They will choose a new password by e-mail and set a factor up."
        ),
    )


@login_required
def log_out(request: PersonRequest, user_pk: int) -> HttpResponse:
    """Ask why every session is ended."""
    return _ask(
        request,
        _person(request, user_pk),
        actions.log_out_everywhere,
        heading=_("Log out everywhere"),
        label=_("End all sessions"),
        told=_("All sessions have ended."),
    )


@login_required
def deactivate(request: PersonRequest, user_pk: int) -> HttpResponse:
    """Ask why the account is shut."""
    return _ask(
        request,
        _person(request, user_pk),
        actions.deactivate,
        heading=_("Deactivate the account"),
        label=_("Deactivate"),
        told=_("The account is deactivated."),
        hint=_("Nobody can log in with it any more. What was done in it stays."),
    )


@login_required
def reactivate(request: PersonRequest, user_pk: int) -> HttpResponse:
    """Ask why the account can be used again."""
    return _ask(
        request,
        _person(request, user_pk),
        actions.reactivate,
        heading=_("Activate the account again"),
        label=_("Activate again"),
        told=_("The account can be used again."),
    )


@login_required
@require_POST
def confirm_reset(request: PersonRequest, user_pk: int) -> HttpResponse:
    """Agree to the reset that another administrator asked for."""
    actions.confirm_reset(_reset(request, user_pk), by=request.user)
    messages.success(request, _("The second factors are reset."))
    return redirect("accounts:account", user_pk=user_pk)


@login_required
@require_POST
def withdraw_reset(request: PersonRequest, user_pk: int) -> HttpResponse:
    """Refuse it, or take it back."""
    actions.withdraw_reset(_reset(request, user_pk), by=request.user)
    messages.success(request, _("The reset is withdrawn."))
    return redirect("accounts:account", user_pk=user_pk)


def _person(request: PersonRequest, user_pk: int) -> User:
    return get_object_or_404(queries.people_visible_to(request.user), pk=user_pk)


def _reset(request: PersonRequest, user_pk: int) -> FactorReset:
    return get_object_or_404(queries.resets_of(_person(request, user_pk)))


def _ask(
    request: HttpRequest, person: User, conduct: Callable[..., object], **texts: Any
) -> HttpResponse:
    require(may_look_after_account, request.user, person, otherwise=actions.YOURSELF)
    return ask_why(
        request,
        lambda reason: conduct(person, by=request.user, reason=reason),
        about=person,
        back=person,
        **texts,
    )
