"""Who may take scores out of the portal."""

from accounts.permissions import is_auditor, is_coordinator, is_officer

may_export_scores = is_coordinator | is_auditor | is_officer
may_export_for_research = is_coordinator | is_auditor
