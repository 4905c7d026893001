"""The one write of this room: trying again what failed."""

from __future__ import annotations

from contextlib import suppress

from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import Refused, action, require
from jobs.kinds import kind_called

from .permissions import may_try_again


@action(gettext_lazy("Work that had failed tried again"))
def try_again(slug: str, *, by: User) -> int:
    """Queue anew all work of a kind that was set aside; how much it was.

    What is in the way of one (another that is under way in its place) stops no other. Raises
    NotAllowed for who does not look after the portal, KeyError for a kind that there is not.
    """
    require(may_try_again, by)
    kind = kind_called(slug)
    tried = 0
    for found in kind.set_aside():
        with suppress(Refused):
            kind.again(found)
            tried += 1
    return tried
