"""The bank accounts of clusters and country partners."""

from django.db.models import QuerySet

from accounts.models import User
from clusters.models import (
    BankAccount,
    Cluster,
    CountryPartner,
)

from .countries import partners_whose_account


def current_account(owner: Cluster | CountryPartner) -> BankAccount | None:
    """The bank account of the cluster, or of the country partner, as it is now."""
    return (
        owner.bank_accounts.filter(replaced_at=None)
        .select_related("entered_by", "verified_by")
        .first()
    )


def partner_accounts_visible_to(user: User) -> QuerySet[BankAccount]:
    """The bank details of the country partners that the person may read."""
    return BankAccount.objects.filter(partner__in=partners_whose_account(user)).select_related(
        "partner"
    )


def clusters_sharing_account(cluster: Cluster) -> QuerySet[Cluster]:
    """Other clusters that have, or had, an account of this one; a hint, never a verdict."""
    own = cluster.bank_accounts.values("account")
    return (
        Cluster.objects.filter(bank_accounts__account__in=own)
        .exclude(pk=cluster.pk)
        .select_related("country")
        .distinct()
    )
