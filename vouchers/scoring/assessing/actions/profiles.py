"""The write with which assessors say what they can judge."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.models import Country
from conduct.actions import action
from vouchers.scoring.assessing.models import AssessorProfile


@action(gettext_lazy("Profile of an assessor changed"))
def set_profile(
    *,
    organisation: str,
    country: Country | None,
    languages: list[str],
    sectors: list[str],
    capacity: int | None,
    by: User,
) -> AssessorProfile:
    """Keep what somebody can judge; everybody writes their own. Raises ValidationError."""
    profile = AssessorProfile.objects.filter(user=by).first() or AssessorProfile(user=by)
    profile.organisation, profile.country = organisation, country
    profile.languages, profile.sectors, profile.capacity = languages, sectors, capacity
    profile.full_clean()
    profile.save()
    return profile
