"""Every write about who takes part."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import is_coordinator
from records.acting import NotAllowed, action, require
from records.states import locked

from .models import (
    Cluster,
    Country,
    CountryPartner,
    Representative,
    RepresentativeLevel,
)
from .permissions import may_edit_for

PROFILE_FIELDS = (
    "name",
    "registration_number",
    "established",
    "sector",
    "mission",
    "services",
    "member_kinds",
    "member_count",
    "website",
    "listed",
)


@action(_("Country set up"))
def set_up_country(
    code: str,
    *,
    name: dict[str, str],
    time_zone: str,
    currency: str,
    partner: str,
    partner_short_name: str = "",
    by: User,
) -> Country:
    """Enter (or correct) a country and the organisation that runs the programme there."""
    require(is_coordinator, by)
    country, _created = Country.objects.update_or_create(
        code=code, defaults={"name": name, "time_zone": time_zone, "currency": currency}
    )
    CountryPartner.objects.update_or_create(
        country=country, defaults={"name": partner, "short_name": partner_short_name}
    )
    return country


@action(_("Cluster registered"))
def register_cluster(*, country: Country, by: User, **profile: Any) -> Cluster:
    """Register a cluster; who registers it becomes its manager.

    Staff of the programme cannot: they would decide on their own application.
    """
    if by.is_staff_member:
        raise NotAllowed(_("Staff of the programme cannot register a cluster."))
    cluster = Cluster(country=country, slug=_free_slug(profile["name"]), **profile)
    cluster.full_clean()
    cluster.save()
    Representative.objects.create(cluster=cluster, user=by, level=RepresentativeLevel.MANAGER)
    return cluster


@action(_("Profile changed"))
def update_profile(cluster: Cluster, *, by: User, **profile: Any) -> Cluster:
    """Change the cluster's facts (any of PROFILE_FIELDS)."""
    require(may_edit_for, by, cluster)
    cluster = locked(cluster)
    for name in PROFILE_FIELDS:
        if name in profile:
            setattr(cluster, name, profile[name])
    cluster.full_clean()
    cluster.save()
    return cluster


def _free_slug(name: str) -> str:
    base = slugify(name)[:200] or "cluster"
    taken = set(Cluster.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(f"{base}-{n}" for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)
