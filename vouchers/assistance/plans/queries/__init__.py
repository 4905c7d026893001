"""Reads of plans, their versions and their milestones."""

from .contents import content_of_version, drafted_rows, providers_named, raw_rows
from .needs import NeedShown, needs_are_confirmed, needs_of
from .plans import (
    bound_milestones,
    milestones_in_force,
    milestones_visible_to,
    newest_version,
    plan_of,
    plans_visible_to,
    provider_of,
    terms_of,
    version_in_force,
    version_to_buy,
    versions_of,
    versions_to_approve,
    versions_to_decide,
    versions_visible_to,
    who_delivers,
)
from .remarks import remarks_before, remarks_of

__all__ = [
    "NeedShown",
    "bound_milestones",
    "content_of_version",
    "drafted_rows",
    "milestones_in_force",
    "milestones_visible_to",
    "needs_are_confirmed",
    "needs_of",
    "newest_version",
    "plan_of",
    "plans_visible_to",
    "provider_of",
    "providers_named",
    "raw_rows",
    "remarks_before",
    "remarks_of",
    "terms_of",
    "version_in_force",
    "version_to_buy",
    "versions_of",
    "versions_to_approve",
    "versions_to_decide",
    "versions_visible_to",
    "who_delivers",
]
