"""Reads of clusters, scoped to who asks: the names that other rooms use."""

from .bank import clusters_sharing_account, current_account, partner_accounts_visible_to
from .countries import (
    countries_reached_by,
    country_choices,
    partners_whose_account,
    partners_whose_letterhead,
)
from .members import current_members, members_by_kind
from .pages import (
    clusters_readable_by,
    latest_page,
    pages_to_decide,
    pages_visible_to,
    published_page,
    published_pages,
    waiting_page,
)
from .people import (
    clusters_edited_by,
    invitation_with,
    managers_of,
    obstacle_to_role,
    officers_for,
    representatives_of,
    standing_invitations,
    writers_for,
    writers_of,
)
from .scopes import (
    clusters_of,
    clusters_visible_to,
    names_of_clusters,
    represented_by,
)

__all__ = [
    "clusters_edited_by",
    "clusters_of",
    "clusters_readable_by",
    "clusters_sharing_account",
    "clusters_visible_to",
    "countries_reached_by",
    "country_choices",
    "current_account",
    "current_members",
    "invitation_with",
    "latest_page",
    "managers_of",
    "members_by_kind",
    "names_of_clusters",
    "obstacle_to_role",
    "officers_for",
    "pages_to_decide",
    "pages_visible_to",
    "partner_accounts_visible_to",
    "partners_whose_account",
    "partners_whose_letterhead",
    "published_page",
    "published_pages",
    "representatives_of",
    "represented_by",
    "standing_invitations",
    "waiting_page",
    "writers_for",
    "writers_of",
]
