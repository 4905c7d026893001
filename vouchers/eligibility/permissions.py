"""Who checks whether an application may be scored."""

from vouchers.applications.permissions import is_officer_for, is_recused, represents_applicant

# An officer who acts for the cluster as well must leave the check to a colleague.
may_check_eligibility = is_officer_for & ~is_recused & ~represents_applicant
