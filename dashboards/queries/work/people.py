"""What an administrator looks after: invitations, roles and accounts of people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import is_administrator, is_coordinator
from accounts.queries import (
    grants_visible_to,
    invitations_to_confirm,
    invitations_visible_to,
    people_visible_to,
    resets_to_confirm,
    standing,
)
from conduct.queries.days import now
from dashboards.queries.waiting import WaitingWork

_LATELY, _LONG = timedelta(days=30), timedelta(days=90)


def work_on_people(user: User) -> Iterator[WaitingWork]:
    """Invitations that wait for a second word."""
    if not (is_administrator | is_coordinator).test(user):
        return
    yield WaitingWork(
        "invitations",
        _("Confirm invitations of colleagues"),
        invitations_to_confirm,
        reverse("accounts:invite"),
        lambda _found: reverse("accounts:invite"),
    )


def watched_people(user: User) -> Iterator[WaitingWork]:
    """What was given lately, who never comes, and who waits for another second factor."""
    if not is_administrator.test(user):
        return
    people = reverse("accounts:people")
    yield WaitingWork(
        "resets",
        _("Second factors that are to be reset"),
        resets_to_confirm,
        people,
        lambda found: reverse("accounts:account", args=[found.person_id]),
        label=lambda found: str(found.person),
    )
    yield WaitingWork(
        "invitations-open",
        _("Invitations that nobody has taken up"),
        lambda user: standing(invitations_visible_to(user)).order_by("invited_at", "pk"),
        reverse("accounts:invite"),
        lambda _found: reverse("accounts:invite"),
    )
    yield WaitingWork(
        "roles-given-lately",
        _("Roles given in the last 30 days"),
        lambda user: grants_visible_to(user).filter(
            granted_at__gte=now() - _LATELY, revoked_at=None
        ),
        reverse("accounts:roles"),
        lambda found: reverse("accounts:account", args=[found.user_id]),
    )
    yield WaitingWork(
        "never-here",
        _("Colleagues who have not logged in for 90 days"),
        _never_here,
        people,
        lambda found: reverse("accounts:account", args=[found.pk]),
    )


def _never_here(user: User) -> QuerySet[User]:
    """Who holds a role and has not come for long, the longest first."""
    holders = people_visible_to(user).filter(role_grants__revoked_at=None, is_active=True)
    long_ago = now() - _LONG
    return (
        holders.filter(role_grants__isnull=False)
        .filter(Q(last_login__lt=long_ago) | Q(last_login=None, date_joined__lt=long_ago))
        .order_by("last_login", "pk")
        .distinct()
    )
