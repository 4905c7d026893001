"""Who holds which role, as predicates that other rooms join into sentences."""

import rules

from .models import FactorReset, Invitation, Role, RoleGrant, User

# What each role may offer to others. An administrator may offer every role, holding none of them.
OFFERED_BY_COORDINATORS = frozenset({Role.OFFICER, Role.ASSESSOR})
OFFERED_BY_OFFICERS = frozenset({Role.ASSESSOR})


@rules.predicate
def is_coordinator(user: User) -> bool:
    return user.is_authenticated and user.holds(Role.COORDINATOR)


@rules.predicate
def is_finance_officer(user: User) -> bool:
    return user.is_authenticated and user.holds(Role.FINANCE)


@rules.predicate
def is_auditor(user: User) -> bool:
    return user.is_authenticated and user.holds(Role.AUDITOR)


@rules.predicate
def is_administrator(user: User) -> bool:
    return user.is_authenticated and user.holds(Role.ADMINISTRATOR)


@rules.predicate
def is_assessor(user: User) -> bool:
    return user.is_authenticated and user.holds(Role.ASSESSOR)


@rules.predicate
def is_officer(user: User) -> bool:
    """Whether the person is an officer of any country partner."""
    return user.is_authenticated and user.holds(Role.OFFICER)


sees_all_countries = is_coordinator | is_finance_officer | is_auditor
# Who controls, approves, pays or audits, be it in one country: neither assessors nor administrators.
sees_some_country = is_officer | sees_all_countries
may_invite_somebody = is_administrator | is_coordinator | is_officer
may_see_people = is_administrator
# Everybody who would notice a role that should not have been given.
may_see_grants = is_administrator | is_coordinator | is_auditor
may_set_exclusions = is_administrator | is_coordinator


@rules.predicate
def may_offer_role(user: User, role: str) -> bool:
    """Whether the person may invite others to `role`."""
    if is_administrator(user):
        return True
    if is_coordinator(user) and role in OFFERED_BY_COORDINATORS:
        return True
    return is_officer(user) and role in OFFERED_BY_OFFICERS


@rules.predicate
def did_not_send_it(user: User, invitation: Invitation) -> bool:
    return invitation.invited_by_id != user.pk


# The second word on a role that decides or pays: never of who offered it.
may_confirm_invitation = (is_administrator | is_coordinator) & did_not_send_it


@rules.predicate
def is_somebody_else(user: User, person: User) -> bool:
    return user.pk != person.pk


may_look_after_account = is_administrator & is_somebody_else


@rules.predicate
def may_confirm_reset(user: User, reset: FactorReset) -> bool:
    """Whether the person may agree to a reset: an administrator who neither asked nor is meant."""
    return is_administrator(user) and user.pk not in (reset.asked_by_id, reset.person_id)


@rules.predicate
def may_revoke_role(user: User, grant: RoleGrant) -> bool:
    """Whether the person may take the role away: administrators, and nobody else."""
    return is_administrator(user)


@rules.predicate
def sent_invitation(user: User, invitation: Invitation) -> bool:
    return user.is_authenticated and invitation.invited_by_id == user.pk


may_withdraw_invitation = is_administrator | sent_invitation


def offered_roles(user: User) -> list[Role]:
    """The roles to which the person may invite others, in the order of the enumeration."""
    return [role for role in Role if may_offer_role(user, role)]
