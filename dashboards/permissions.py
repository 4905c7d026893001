"""Who may look at the figures of all countries, and who may issue the programme's report."""

from accounts.permissions import is_auditor, is_coordinator, is_finance_officer

may_read_overview = is_coordinator | is_finance_officer | is_auditor
may_issue_report = is_coordinator
may_read_report = is_coordinator | is_finance_officer | is_auditor
