"""Who may read and change a cluster."""

import rules

from accounts.models import User
from accounts.permissions import is_coordinator, sees_all_countries

from .models import Cluster, CountryPartner, RepresentativeLevel

SIGNING = (RepresentativeLevel.MANAGER,)
EDITING = (RepresentativeLevel.EDITOR, *SIGNING)


def holds_level(user: User, cluster_id: int, *levels: str) -> bool:
    """Whether the person acts for the cluster with this id at one of the levels."""
    return user.is_authenticated and any(
        representation.cluster_id == cluster_id and representation.level in levels
        for representation in user.representations.all()
    )


@rules.predicate
def represents(user: User, cluster: Cluster) -> bool:
    """Whether the person acts for the cluster at any level."""
    return holds_level(user, cluster.pk, *RepresentativeLevel.values)


@rules.predicate
def may_edit_for(user: User, cluster: Cluster) -> bool:
    """Whether the person may write for the cluster (editors and managers)."""
    return holds_level(user, cluster.pk, *EDITING)


@rules.predicate
def may_sign_for(user: User, cluster: Cluster) -> bool:
    """Whether the person may bind the cluster: send, accept, claim (managers alone)."""
    return holds_level(user, cluster.pk, *SIGNING)


@rules.predicate
def is_officer_of(user: User, cluster: Cluster) -> bool:
    """Whether the person is an officer of the partner in the cluster's country."""
    return user.is_authenticated and cluster.country_id in user.officer_countries


may_read_cluster = represents | is_officer_of | sees_all_countries
# Bank details in full; everybody else sees the last four characters.
may_read_account = may_sign_for | is_officer_of | sees_all_countries
may_verify_account = is_officer_of


@rules.predicate
def is_officer_of_partner(user: User, partner: CountryPartner) -> bool:
    """Whether the person is an officer of this country partner."""
    return user.is_authenticated and partner.country_id in user.officer_countries


may_change_letterhead = is_officer_of_partner | is_coordinator
# Of the partner itself: its officers enter it, and a coordinator compares it with the bank's paper.
may_read_partner_account = is_officer_of_partner | sees_all_countries
may_change_partner_account = is_officer_of_partner
may_verify_partner_account = is_coordinator
