"""Who may own the wording of letters and e-mails."""

from accounts.permissions import is_auditor, is_coordinator

may_write_texts = is_coordinator
may_read_texts = is_coordinator | is_auditor
