"""E-mails that the portal writes by itself: what they say of themselves, and how they are handed over."""

from .headers import automatic_headers, envelope, row_key
from .smtp import OutcomeUnknown
from .writing import written

__all__ = ["OutcomeUnknown", "automatic_headers", "envelope", "row_key", "written"]
