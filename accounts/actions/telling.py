"""Telling people what happens to accounts and roles, through the room of messages above this one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from accounts.models import Invitation, RoleGrant, User
from accounts.queries import watchers


def tell(people: Iterable[User], kind: str, facts: dict[str, Any], url: str, **more: Any) -> None:
    """Write a notice of the kind to each of the people, once where a `key` is given."""
    notify = import_string(settings.PEOPLE_ARE_TOLD_BY)
    for person in people:
        notify(person, kind, facts=facts, url=url, **more)


def tell_of_grant(kind: str, grant: RoleGrant, *, reason: str = "") -> None:
    """Tell every administrator and coordinator of a role that was given or taken away."""
    facts = {
        "person": str(grant.user),
        "email": grant.user.email,
        "role": grant.role,
        "country": grant.country_code,
        "giver": str(grant.granted_by or ""),
        "second": str(grant.confirmed_by or ""),
        "reason": reason,
    }
    tell(watchers(), kind, facts, reverse("accounts:roles"))


def ask_for_second_word(invitation: Invitation) -> None:
    """Tell whoever could confirm the invitation that it waits."""
    others = watchers().exclude(pk__in=[invitation.invited_by_id])
    facts = {**facts_of(invitation), "inviter": str(invitation.invited_by)}
    tell(others, "role-to-confirm", facts, reverse("accounts:roles"))


def facts_of(invitation: Invitation) -> dict[str, str]:
    return {
        "email": invitation.email,
        "role": invitation.role,
        "country": invitation.country_code,
    }
