"""Who closes periods, and who reads the whole of the books."""

from accounts.permissions import is_auditor, is_coordinator, is_finance_officer

may_close_periods = is_coordinator | is_finance_officer
# What counts for the ceiling is entered by those who look after all countries.
may_take_in_earlier_money = is_coordinator | is_finance_officer
may_read_all_books = is_coordinator | is_finance_officer | is_auditor
