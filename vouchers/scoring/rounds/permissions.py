"""Who may open and close the scoring of a call, and set its days."""

from accounts.permissions import is_coordinator

may_close_scoring = is_coordinator
