"""Who is informed of a change in an open call."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from vouchers.calls.models import Call


def applicants_of(call: Call) -> QuerySet[User]:
    """Everybody who acts for a cluster with a draft or a sent application to the call.

    Applications hang on to the call by name, in a room above this one.
    """
    standing = call.applications.exclude(state="withdrawn")
    return User.objects.filter(
        is_active=True, representations__cluster__in=standing.values("cluster")
    ).distinct()
