"""Who may do what with a call."""

from accounts.permissions import is_auditor, is_coordinator

may_manage_calls = is_coordinator
may_read_drafts = is_coordinator | is_auditor
