"""Who may look at figures of all countries, and look after the portal."""

from accounts.permissions import (
    is_administrator,
    is_auditor,
    is_coordinator,
    is_finance_officer,
)

may_read_overview = is_coordinator | is_finance_officer | is_auditor
# What is tried again says what it would have said at first, so that this decides nothing.
may_try_again = is_coordinator | is_administrator
may_look_at_work = may_try_again | is_auditor
