"""Writes about roles: giving them, taking them away, and which exclude one another."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from accounts.actions.telling import tell, tell_of_grant
from accounts.models import CONFIRMED, FIRST_POLICY, FLOOR, Role, RoleExclusion, RoleGrant, User
from accounts.permissions import may_offer_role, may_revoke_role, may_set_exclusions
from accounts.queries import exclusions_standing, watchers
from conduct.actions import (
    NotAllowed,
    OutOfOrder,
    Refused,
    action,
    constraints_of,
    judged,
    require,
    require_words,
)

from .sessions import locked_person


@action(_("Role given"))
def grant_role(person: User, role: str, *, country_code: str = "", by: User | None) -> RoleGrant:
    """Give a role without an invitation.

    With `by` None for setting up alone (demonstration data), where nobody is there yet who could be
    told. Raises NotAllowed when the role is not theirs to offer, when they would give it to
    themselves, and for a role that needs a second word, which goes by invitation; Refused when the
    role and the country do not go together or something else that the person holds excludes it.
    """
    caller, person = person, locked_person(person)
    require_fitting_country(role, country_code)
    if by is not None:
        require_offer(by, role)
        if by == person:
            raise NotAllowed(_("Nobody gives a role to themselves."))
        if role in CONFIRMED:
            raise NotAllowed(
                _("This role needs the word of a second person. Please send an invitation.")
            )
    grant = give(person, role, country_code, giver=by)
    caller.forget_roles()
    if by is not None:
        tell_of_grant("role-given", grant)
    return grant


@action(_("Role taken away"))
def revoke_role(grant: RoleGrant, *, by: User, reason: str = "") -> RoleGrant:
    """Take a role away from a person, from their next click on.

    Raises NotAllowed unless `by` is an administrator, OutOfOrder when it was revoked before, and
    Refused for the last administrator, without whom nobody could give roles any more.
    """
    # All grants of administrators are locked in one order, so that of two administrators who
    # revoke one another at the same instant one stays.
    administrators = standing_administrators()
    grant = judged(grant, may_revoke_role, by=by)
    if grant.revoked_at is not None:
        raise OutOfOrder(_("This role was revoked already."))
    if administrators == [grant]:
        raise Refused(_("The last administrator cannot be revoked. Invite another one first."))
    grant.revoked_at = timezone.now()
    grant.save(update_fields=["revoked_at"])
    grant.user.forget_roles()
    tell_of_grant("role-revoked", grant, reason=reason)
    return grant


@action(_("Roles made to exclude one another"))
def exclude_roles(first: str, second: str, *, by: User, reason: str = "") -> RoleExclusion:
    """Let nobody hold both roles from now on. Raises Refused where somebody holds both."""
    require(may_set_exclusions, by)
    first, second = sorted((first, second))
    if first == second or not {first, second} <= set(Role.values):
        raise Refused(_("Choose two different roles."))
    if frozenset({first, second}) in FLOOR:
        raise Refused(_("These roles exclude one another already."))
    both = User.objects.filter(
        pk__in=RoleGrant.objects.filter(role=first, revoked_at=None).values("user")
    ).filter(pk__in=RoleGrant.objects.filter(role=second, revoked_at=None).values("user"))
    if names := ", ".join(map(str, both)):
        raise Refused(_("Take one of the roles away first from: %(people)s.") % {"people": names})
    with constraints_of(RoleExclusion):
        exclusion = RoleExclusion.objects.create(
            first=first, second=second, reason=reason, decided_by=by
        )
    _tell_of_policy("roles-excluded", exclusion, by=by, reason=reason)
    return exclusion


@action(_("Exclusion of roles lifted"))
def lift_exclusion(exclusion: RoleExclusion, *, by: User, reason: str) -> RoleExclusion:
    """Let one person hold both roles again; every administrator and coordinator is told why."""
    exclusion = judged(exclusion, may_set_exclusions, by=by)
    if exclusion.lifted_at is not None:
        raise OutOfOrder(_("This was lifted already."))
    require_words(reason, _("Say why."))
    exclusion.lifted_by, exclusion.lifted_at = by, timezone.now()
    exclusion.save(update_fields=["lifted_by", "lifted_at"])
    _tell_of_policy("roles-together", exclusion, by=by, reason=reason)
    return exclusion


def standing_administrators() -> list[RoleGrant]:
    """The grants of active administrators, locked in one order."""
    return list(
        RoleGrant.objects.select_for_update(of=("self",))
        .filter(role=Role.ADMINISTRATOR, revoked_at=None, user__is_active=True)
        .order_by("pk")
    )


def give(
    person: User,
    role: str,
    country_code: str,
    *,
    giver: User | None,
    second: User | None = None,
    confirmed: bool = False,
) -> RoleGrant:
    """Write the grant down, or return the one that stands; `person` is locked.

    Raises Refused where another role of the person, or what a room above knows, excludes it.
    """
    if reason := obstacle_to(person, role):
        raise Refused(reason)
    grant, _created = RoleGrant.objects.get_or_create(
        user=person,
        role=role,
        country_code=country_code,
        revoked_at=None,
        defaults={
            "granted_by": giver,
            "confirmed_by": second,
            "confirmed_at": timezone.now() if confirmed else None,
        },
    )
    person.forget_roles()
    return grant


def obstacle_to(person: User, role: str) -> str:
    """Why the person cannot hold the role besides what they hold; empty where they can."""
    standing = {frozenset({pair.first, pair.second}) for pair in exclusions_standing()}
    held = person.role_grants.filter(revoked_at=None).exclude(role=role)
    for grant in held:
        if frozenset({grant.role, role}) in FLOOR | standing:
            return str(
                _("%(person)s is %(held)s. Nobody is %(held)s and %(role)s at once.")
                % {
                    "person": person,
                    "held": grant.get_role_display(),
                    "role": Role(role).label,
                }
            )
    sentences = (import_string(name)(person) for name in settings.ROLE_OBSTACLES)
    return next(filter(None, sentences), "")


def require_offer(person: User, role: str) -> None:
    require(may_offer_role, person, role, otherwise=_("You may not offer this role."))


def require_fitting_country(role: str, country_code: str) -> None:
    if role not in Role.values:
        raise Refused(_("There is no such role."))
    if role == Role.OFFICER and not country_code:
        raise Refused(_("Choose the country of the country-partner officer."))
    if role != Role.OFFICER and country_code:
        raise Refused(_("Only country-partner officers have a country."))


def _tell_of_policy(kind: str, exclusion: RoleExclusion, *, by: User, reason: str) -> None:
    facts = {
        "first": exclusion.first,
        "second": exclusion.second,
        "author": str(by),
        "reason": reason,
    }
    tell(watchers(), kind, facts, reverse("accounts:roles"))


def begin_with_first_policy() -> None:
    """Write the pairs of roles that exclude one another at first, where they are not there."""
    for pair in FIRST_POLICY:
        first, second = sorted(pair)
        if not RoleExclusion.objects.filter(first=first, second=second).exists():
            RoleExclusion.objects.create(first=first, second=second)
