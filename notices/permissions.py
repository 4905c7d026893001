"""Who may look after what goes to the people of clusters."""

from accounts.permissions import is_administrator, is_auditor, is_coordinator, is_officer

# Which notices they find at all is settled by the list they are taken from.
may_look_up_notices = is_coordinator | is_officer | is_auditor
may_send_again = is_coordinator | is_officer
# What waits is in their hands: its words, whether it goes, and when.
may_steer_notices = is_coordinator
# Reports that fit no message of ours tell of addresses of every country, and of how the portal is set up.
may_look_through_reports = is_coordinator | is_administrator
may_read_reports = may_look_through_reports | is_auditor
