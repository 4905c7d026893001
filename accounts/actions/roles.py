"""Writes about roles."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, RoleGrant, User
from accounts.permissions import may_offer_role, may_revoke_role
from records.acting import NotAllowed, OutOfOrder, Refused, action, require
from records.states import judged


@action(_("Role given"))
def grant_role(person: User, role: str, *, country_code: str = "", by: User | None) -> RoleGrant:
    """Give a role without an invitation (demonstration data, command line: `by` is None).

    Raises NotAllowed when the role is not theirs to offer or when they would give it to
    themselves; Refused when the role and the country do not go together.
    """
    if by is not None:
        require_offer(by, role)
        if by == person:
            raise NotAllowed(_("Nobody gives a role to themselves."))
    require_fitting_country(role, country_code)
    return give(person, role, country_code, giver=by)


@action(_("Role taken away"))
def revoke_role(grant: RoleGrant, *, by: User, reason: str = "") -> RoleGrant:
    """Take a role away from a person, from their next click on.

    Raises NotAllowed unless `by` is an administrator, OutOfOrder when it was revoked before, and
    Refused for the last administrator, without whom nobody could give roles any more.
    """
    # All grants of administrators are locked in one order, so that of two administrators who
    # revoke one another at the same instant one stays.
    administrators = list(
        RoleGrant.objects.select_for_update(of=("self",))
        .filter(role=Role.ADMINISTRATOR, revoked_at=None, user__is_active=True)
        .order_by("pk")
    )
    grant = judged(grant, may_revoke_role, by=by)
    if grant.revoked_at is not None:
        raise OutOfOrder(_("This role was revoked already."))
    if administrators == [grant]:
        raise Refused(_("The last administrator cannot be revoked. Invite another one first."))
    grant.revoked_at = timezone.now()
    grant.save(update_fields=["revoked_at"])
    grant.user.forget_roles()
    return grant


def give(person: User, role: str, country_code: str, *, giver: User | None) -> RoleGrant:
    grant, _created = RoleGrant.objects.get_or_create(
        user=person,
        role=role,
        country_code=country_code,
        revoked_at=None,
        defaults={"granted_by": giver},
    )
    person.forget_roles()
    return grant


def require_offer(person: User, role: str) -> None:
    require(may_offer_role, person, role, otherwise=_("You may not offer this role."))


def require_fitting_country(role: str, country_code: str) -> None:
    if role not in Role.values:
        raise Refused(_("There is no such role."))
    if role == Role.OFFICER and not country_code:
        raise Refused(_("Choose the country of the country-partner officer."))
    if role != Role.OFFICER and country_code:
        raise Refused(_("Only country-partner officers have a country."))
