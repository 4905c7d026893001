"""That e-mails to an address come back, beside the address: on pages of rooms below as well."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.db.models import Model

from notices.queries import returned_mails

register = template.Library()
# The fields of rows that say when they were mailed, or else written.
_SENT = ("mailed_at", "sent_at", "issued_at", "invited_at")


@register.simple_tag
def mark_returned(rows: Model | Iterable[Any] | None) -> str:
    """Put on each row with an address (`email`) what came back of it last, as `came_back`; one query.

    A row that was mailed after that, as an invitation that is sent again, begins without.
    """
    found: list[Any] = [rows] if isinstance(rows, Model) else list(rows or ())
    returned = returned_mails({row.email for row in found if row.email})
    for row in found:
        event = returned.get(row.email.lower()) if row.email else None
        since = next((getattr(row, one) for one in _SENT if getattr(row, one, None)), None)
        row.came_back = event if event and (since is None or event.noted_at >= since) else None
    return ""
