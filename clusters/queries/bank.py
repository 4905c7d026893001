"""The bank accounts of clusters and country partners."""

from django.db.models import QuerySet

from clusters.models import (
    BankAccount,
    Cluster,
    CountryPartner,
)


def current_account(owner: Cluster | CountryPartner) -> BankAccount | None:
    """The bank account of the cluster, or of the country partner, as it is now."""
    return (
        owner.bank_accounts.filter(replaced_at=None)
        .select_related("entered_by", "verified_by")
        .first()
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
