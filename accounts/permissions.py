"""Who holds which role, as predicates that other rooms join into sentences."""

import rules

from .models import Role, User


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
