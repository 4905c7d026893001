"""Who changes the policy of separations, and who writes the checklists of a call."""

import rules

from accounts.models import User
from accounts.permissions import is_coordinator, is_finance_officer, sees_some_country

from .models import SeparationPolicy

# The policy is read by all who take part in control and payment, and by those who audit them.
may_read_policies = sees_some_country
may_propose_policy = is_coordinator
may_write_checklists = is_coordinator
may_read_checklists = sees_some_country


@rules.predicate
def may_confirm_policy(user: User, policy: SeparationPolicy) -> bool:
    """A second person: another coordinator, or a finance officer where there is no other."""
    may = is_coordinator.test(user) or is_finance_officer.test(user)
    return bool(may) and user.pk != policy.proposed_by_id


@rules.predicate
def may_drop_policy(user: User, policy: SeparationPolicy) -> bool:
    """Who may propose or confirm one may drop one that waits."""
    return bool(is_coordinator.test(user) or is_finance_officer.test(user))
