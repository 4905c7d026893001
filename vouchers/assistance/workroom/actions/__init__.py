"""Every write about the link of a provider at work."""

from .links import send_work_link, withdraw_work_link
from .standing import require_at_work
from .telling import write_by_link

__all__ = ["require_at_work", "send_work_link", "withdraw_work_link", "write_by_link"]
