"""Writes about accounts that are lost or stolen: factors, sessions, and whether they can be used."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions.telling import tell
from accounts.models import FactorReset, Role, User
from accounts.permissions import is_administrator, may_confirm_reset, may_look_after_account
from accounts.queries import people_holding, watchers
from conduct.actions import (
    OutOfOrder,
    Refused,
    action,
    constraints_of,
    locked,
    require,
    require_words,
)

from .roles import standing_administrators
from .sessions import end_sessions, locked_person

YOURSELF = _("Another administrator looks after your own account.")


@action(_("Second factors reset"))
def reset_factors(person: User, *, by: User | None, reason: str) -> FactorReset | None:
    """Take the second factors off an account whose telephone is lost; ask first where it is staff.

    Without a role it happens at once (None). For staff another administrator must agree: the request
    is returned. `by` is None for the command line, which needs nobody else. Afterwards every
    session has ended and the password is none any more: the person proves the mailbox by choosing
    another, and sets a factor up. Raises NotAllowed for who is no administrator or means themselves,
    Refused without a reason or where nothing is set up.
    """
    person = locked_person(person)
    if by is not None:
        require(may_look_after_account, by, person, otherwise=YOURSELF)
    require_words(reason, _("Say why, and how you know who asked you."))
    if by is None or not person.is_staff_member:
        _reset(person, by=by, reason=reason)
        return None
    with constraints_of(FactorReset):
        reset = FactorReset.objects.create(person=person, reason=reason, asked_by=by)
    others = people_holding(Role.ADMINISTRATOR).exclude(pk__in=[by.pk, person.pk])
    facts = {**_facts(person, reason), "author": str(by)}
    tell(others, "factors-to-reset", facts, reverse("accounts:account", args=[person.pk]))
    return reset


@action(_("Reset of second factors confirmed"))
def confirm_reset(reset: FactorReset, *, by: User) -> FactorReset:
    """Agree to a reset that another administrator asked for; it happens now.

    Raises NotAllowed unless `by` is an administrator who neither asked nor is meant; OutOfOrder when
    it was done or withdrawn.
    """
    reset = locked(reset)
    person = locked_person(reset.person)
    require(may_confirm_reset, by, reset, otherwise=_("Another administrator must confirm it."))
    _require_standing(reset)
    reset.confirmed_by, reset.confirmed_at = by, timezone.now()
    reset.save(update_fields=["confirmed_by", "confirmed_at"])
    _reset(person, by=by, reason=reset.reason)
    return reset


@action(_("Reset of second factors withdrawn"))
def withdraw_reset(reset: FactorReset, *, by: User) -> FactorReset:
    """Refuse a reset that somebody asked for, or take one's own request back."""
    reset = locked(reset)
    require(is_administrator, by)
    _require_standing(reset)
    reset.withdrawn_at = timezone.now()
    reset.save(update_fields=["withdrawn_at"])
    return reset


@action(_("Logged out everywhere"))
def log_out_everywhere(person: User, *, by: User | None, reason: str) -> User:
    """End every session of a person whose telephone or computer somebody else has."""
    person = locked_person(person)
    if by is not None:
        require(may_look_after_account, by, person, otherwise=YOURSELF)
    return end_sessions(person, by=by, reason=reason)


@action(_("Account deactivated"))
def deactivate(person: User, *, by: User | None, reason: str) -> User:
    """Shut an account: its sessions end, and nobody logs in with it. What was done in it stays.

    Raises NotAllowed for who is no administrator or means themselves; OutOfOrder when it is shut;
    Refused for the last administrator.
    """
    administrators = standing_administrators()
    person = locked_person(person)
    if by is not None:
        require(may_look_after_account, by, person, otherwise=YOURSELF)
    if not person.is_active:
        raise OutOfOrder(_("The account is deactivated already."))
    if {grant.user_id for grant in administrators} == {person.pk}:
        raise Refused(_("The last administrator cannot be deactivated. Invite another one first."))
    person.is_active = False
    person.save(update_fields=["is_active"])
    person = end_sessions(person, by=by, reason=reason)
    _tell_watchers("account-deactivated", person, by=by, reason=reason)
    return person


@action(_("Account activated again"))
def reactivate(person: User, *, by: User | None, reason: str) -> User:
    """Let an account be used again. Its roles are those that nobody took away meanwhile."""
    person = locked_person(person)
    if by is not None:
        require(may_look_after_account, by, person, otherwise=YOURSELF)
    if person.is_active:
        raise OutOfOrder(_("The account is active."))
    person.is_active = True
    person.save(update_fields=["is_active"])
    _tell_watchers("account-reactivated", person, by=by, reason=reason)
    return person


def _reset(person: User, *, by: User | None, reason: str) -> None:
    Authenticator.objects.filter(user=person).delete()
    person.set_unusable_password()
    person.save(update_fields=["password"])
    person = end_sessions(person, by=by, reason=reason)
    tell([person], "factors-reset", _facts(person, reason), reverse("account_reset_password"))
    _tell_watchers("account-reset", person, by=by, reason=reason)


def _require_standing(reset: FactorReset) -> None:
    if reset.confirmed_at or reset.withdrawn_at:
        raise OutOfOrder(_("This reset was done or withdrawn already."))


def _tell_watchers(kind: str, person: User, *, by: User | None, reason: str) -> None:
    facts = {**_facts(person, reason), "author": str(by or "")}
    tell(watchers().exclude(pk=person.pk), kind, facts, "")


def _facts(person: User, reason: str) -> dict[str, Any]:
    return {"person": str(person), "email": person.email, "reason": reason}
