"""Who holds which role, as predicates that other rooms join into sentences."""

import rules

from .models import Invitation, Role, RoleGrant, User

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
may_invite_somebody = is_administrator | is_coordinator | is_officer
may_see_people = is_administrator


@rules.predicate
def may_offer_role(user: User, role: str) -> bool:
    """Whether the person may invite others to `role`."""
    if is_administrator(user):
        return True
    if is_coordinator(user) and role in OFFERED_BY_COORDINATORS:
        return True
    return is_officer(user) and role in OFFERED_BY_OFFICERS


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
