"""Who reads how far the rankings of all countries can be relied on."""

from accounts.permissions import is_auditor, is_coordinator

may_read_study = is_coordinator | is_auditor
