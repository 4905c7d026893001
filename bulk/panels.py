"""What a list shows of it: boxes, and the buttons below its rows."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from lists.queries import PLACES

from .kinds import BulkAction, list_called
from .models import MOST_ROWS


@dataclass(frozen=True)
class Offered:
    """The actions that a list offers to the person, and where the form goes."""

    actions: list[BulkAction]
    url: str
    most: int = MOST_ROWS


def offered(slug: str, user: User, address: QueryDict) -> Offered | None:
    """What is offered on a list as the `address` narrows it; None for who only reads."""
    among = list_called(slug)
    actions = among.offered_to(user) if among else []
    if not actions:
        return None
    kept = address.copy()
    for place in PLACES:
        kept.pop(place, None)
    query = kept.urlencode()
    return Offered(actions, reverse("bulk:choose", args=[slug]) + (f"?{query}" if query else ""))
