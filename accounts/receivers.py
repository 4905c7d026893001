"""What follows when django-allauth tells that a second factor was set up, changed or removed."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth import update_session_auth_hash
from django.db import connection
from django.db.models.signals import post_migrate
from django.http import HttpRequest

from .actions import end_sessions
from .actions.roles import begin_with_first_policy
from .actions.sessions import list_one_session
from .models import RoleExclusion, User

PROVING = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def on_factor_added(
    request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any
) -> None:
    """The session that set a factor up has just shown that it has it; every other one ends."""
    if authenticator.type in PROVING:
        record_authentication(
            request, user, method="mfa", id=authenticator.pk, type=authenticator.type
        )
    end_other_sessions(request, user)


def on_factor_changed(request: HttpRequest, user: User, **_more: Any) -> None:
    end_other_sessions(request, user)


def end_other_sessions(request: HttpRequest, user: User) -> None:
    """End every session of the person but the one that asks."""
    person = User.objects.get(pk=user.pk)
    person = end_sessions(person, by=person, keep=request.session.session_key or "")
    update_session_auth_hash(request, person)
    list_one_session(request, person)


def on_migrated(**_more: Any) -> None:
    """Begin with the pairs of roles that exclude one another, unless the programme decided on them."""
    if RoleExclusion._meta.db_table in connection.introspection.table_names():
        begin_with_first_policy()


def connect() -> None:
    """Listen, once all apps are ready."""
    post_migrate.connect(
        on_migrated, sender=apps.get_app_config("accounts"), dispatch_uid="accounts-policy"
    )
    signals.authenticator_added.connect(on_factor_added, dispatch_uid="accounts-added")
    for name in ("authenticator_removed", "authenticator_reset"):
        getattr(signals, name).connect(on_factor_changed, dispatch_uid=f"accounts-{name}")
