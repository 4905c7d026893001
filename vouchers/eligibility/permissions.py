"""Who checks whether an application may be scored, who is asked, and who sees what it resembles."""

from accounts.permissions import is_auditor, is_coordinator
from vouchers.applications.permissions import is_officer_for, is_recused, represents_applicant

# An officer who acts for the cluster as well must leave the check to a colleague.
may_check_eligibility = is_officer_for & ~is_recused & ~represents_applicant
# A clarification shows what stood before and what the cluster wrote: for those who decide or audit.
may_read_check = (
    (is_officer_for | is_coordinator | is_auditor) & ~is_recused & ~represents_applicant
)
may_look_at_duplicates = (is_officer_for | is_coordinator) & ~is_recused & ~represents_applicant
