"""With whom a view is shared, and who may change one."""

from __future__ import annotations

from typing import NamedTuple

import rules

from accounts.models import Role, User

from .models import SavedView


class Audience(NamedTuple):
    """Those who hold a role, officers in one country or (without one) in all; empty for nobody."""

    role: str = ""
    country_code: str = ""


NOBODY = Audience()
ALL_OFFICERS = Audience(Role.OFFICER)
# A coordinator hands views to all who work in the programme, but those who look after accounts.
OF_COORDINATORS = (
    Audience(Role.COORDINATOR),
    ALL_OFFICERS,
    Audience(Role.FINANCE),
    Audience(Role.AUDITOR),
    Audience(Role.ASSESSOR),
)


def audiences_of(user: User) -> list[Audience]:
    """With whom the person may share: who holds a role that they hold, officers in their country."""
    own = [Audience(role, country) for role, country in sorted(user.held_roles)]
    if not user.holds(Role.COORDINATOR):
        return own
    return [*OF_COORDINATORS, *(one for one in own if one not in OF_COORDINATORS)]


def audiences_reaching(user: User) -> list[Audience]:
    """The audiences of which the person is one."""
    own = [Audience(role, country) for role, country in sorted(user.held_roles)]
    return [*own, ALL_OFFICERS] if user.holds(Role.OFFICER) else own


@rules.predicate
def may_share_with(user: User, audience: Audience) -> bool:
    """Whether the person may let this audience see a view; to keep one to oneself anybody may."""
    return audience == NOBODY or audience in audiences_of(user)


@rules.predicate
def owns_view(user: User, view: SavedView) -> bool:
    return view.owner_id == user.pk


@rules.predicate
def may_open_view(user: User, view: SavedView) -> bool:
    """Whether it is the person's own, or shared with them."""
    is_shared = Audience(view.role, view.country_code) in audiences_reaching(user)
    return owns_view.test(user, view) or is_shared
