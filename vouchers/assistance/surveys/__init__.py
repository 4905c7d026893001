"""Asking again, months after a voucher is closed: made by the clock, answered by a personal link."""
