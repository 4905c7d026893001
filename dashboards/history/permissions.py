"""Who searches the history: an auditor all of it, an administrator that of accounts and roles."""

from accounts.permissions import is_administrator, is_auditor

may_search_history = is_auditor | is_administrator
