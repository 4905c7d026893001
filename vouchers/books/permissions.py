"""Who closes periods, and who reads the whole of the books."""

import rules

from accounts.models import User
from accounts.permissions import is_auditor, is_coordinator, is_finance_officer

from .models import PeriodProposal

may_close_periods = is_coordinator | is_finance_officer
# What counts for the ceiling is entered by those who look after all countries.
may_take_in_earlier_money = is_coordinator | is_finance_officer
may_read_all_books = is_coordinator | is_finance_officer | is_auditor


@rules.predicate
def did_not_propose(user: User, proposal: PeriodProposal) -> bool:
    """Whether somebody else proposed to close the period."""
    return proposal.proposed_by_id != user.pk


may_close_period = may_close_periods & did_not_propose
