"""Who may issue and read the report of the programme."""

from accounts.permissions import is_auditor, is_coordinator, is_finance_officer

may_issue_report = is_coordinator
may_read_report = is_coordinator | is_finance_officer | is_auditor
