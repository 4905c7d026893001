"""Writes of the facts that a cluster keeps about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.actions import locked_person
from accounts.models import User
from clusters.models import (
    PROFILE_FIELDS,
    Cluster,
    Country,
    Representative,
    RepresentativeLevel,
    TrackRecord,
)
from clusters.permissions import may_edit_for
from conduct.actions import NotAllowed, action, judged

# Words that stand where an address of ours has the name of a cluster.
_TAKEN_SLUGS = {"mine", "register", "pages", "invitations", "letterheads"}


@dataclass(frozen=True)
class Achievement:
    """One entry of the track record, as it is typed."""

    year: int
    text: str


@action(_("Cluster registered"))
def register_cluster(*, country: Country, by: User, **profile: Any) -> Cluster:
    """Register a cluster; who registers it becomes its manager.

    Staff of the programme cannot: they would decide on their own application. Nobody is asked for a
    time zone when signing up: who registers a first cluster reads deadlines on its country's clock
    from then on, unless another was chosen.
    """
    by = locked_person(by)
    if by.is_staff_member:
        raise NotAllowed(_("Staff of the programme cannot register a cluster."))
    cluster = Cluster(country=country, slug=_free_slug(profile["name"]), **profile)
    cluster.full_clean()
    cluster.save()
    is_first = not by.representations.exists()
    Representative.objects.create(cluster=cluster, user=by, level=RepresentativeLevel.MANAGER)
    if is_first and by.time_zone == User._meta.get_field("time_zone").default:
        by.time_zone = country.time_zone
        by.save(update_fields=["time_zone"])
    return cluster


@action(_("Profile changed"))
def update_profile(cluster: Cluster, *, by: User, **profile: Any) -> Cluster:
    """Change the facts that are given (any of PROFILE_FIELDS); the others stay as they are."""
    cluster = judged(cluster, may_edit_for, by=by)
    for name in profile.keys() & set(PROFILE_FIELDS):
        setattr(cluster, name, profile[name])
    cluster.full_clean()
    cluster.save()
    return cluster


@action(_("Track record changed"))
def save_track_record(cluster: Cluster, achievements: list[Achievement], *, by: User) -> Cluster:
    """Make the track record consist of these; what stood there already keeps its history."""
    cluster = judged(cluster, may_edit_for, by=by)
    standing = {Achievement(entry.year, entry.text): entry for entry in cluster.track_record.all()}
    for achievement, entry in standing.items():
        if achievement not in achievements:
            entry.delete()
    for achievement in dict.fromkeys(achievements):
        if achievement not in standing:
            entry = TrackRecord(cluster=cluster, year=achievement.year, text=achievement.text)
            entry.full_clean()
            entry.save()
    return cluster


def _free_slug(name: str) -> str:
    base = slugify(name)[:200] or "cluster"
    taken = _TAKEN_SLUGS | set(
        Cluster.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    )
    if base not in taken:
        return base
    return next(f"{base}-{n}" for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)
