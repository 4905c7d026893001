"""What each role looks at, read from the rooms below and scoped to who asks."""

from .vouchers import vouchers_matching

__all__ = ["vouchers_matching"]
