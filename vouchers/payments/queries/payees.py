"""Who is paid by claims, on which account, and where that is mended: by the way of use (docs/ways.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import User
from clusters.models import BankAccount, Cluster, CountryPartner
from clusters.queries import officers_for, writers_for
from conduct.queries.scoping import for_system
from vouchers.awards.models import Voucher
from vouchers.calls.models.terms.ways import WayOfUse
from vouchers.payments.models import Claim
from vouchers.providers.models import Provider, ProviderAccount

PayeeAccount = ProviderAccount | BankAccount


@dataclass(frozen=True)
class Payee:
    """Name and address of a payee, whom to write to, and the pages where these are mended."""

    name: str
    contact: str
    email: str
    street: str
    post_code: str
    town: str
    country: str
    # Where the account is shown, where it is changed, and where the address is.
    account_url: str
    change_url: str
    address_url: str


def payee_of(claim: Claim) -> Payee:
    """Whom the claim pays, as the register says today."""
    found = claim.payee
    if isinstance(found, Cluster):
        return _of_cluster(found)
    return _of_partner(found) if isinstance(found, CountryPartner) else _of_provider(found)


def _of_provider(provider: Provider) -> Payee:
    return Payee(
        name=provider.name,
        contact=provider.contact or provider.name,
        email=provider.email,
        street=provider.street,
        post_code=provider.post_code,
        town=provider.town,
        country=provider.country_id,
        account_url=provider.get_absolute_url(),
        change_url=reverse("providers:change_account", args=[provider.pk]),
        address_url=reverse("providers:describe", args=[provider.pk]),
    )


def _of_cluster(cluster: Cluster) -> Payee:
    return Payee(
        name=cluster.legal_name or cluster.name,
        contact=cluster.legal_representative or cluster.name,
        email=cluster.email,
        street=cluster.street,
        post_code=cluster.postcode,
        town=cluster.town,
        country=cluster.country_id,
        account_url=reverse("clusters:bank", args=[cluster.slug]),
        change_url=reverse("clusters:bank", args=[cluster.slug]),
        address_url=cluster.get_absolute_url(),
    )


def _of_partner(partner: CountryPartner) -> Payee:
    return Payee(
        name=partner.name,
        contact=partner.signatory or partner.name,
        email=partner.email,
        street=partner.street,
        post_code=partner.postcode,
        town=partner.town,
        country=partner.country_id,
        account_url=partner.get_absolute_url(),
        change_url=partner.get_absolute_url(),
        address_url=reverse("clusters:letterhead", args=[partner.country_id]),
    )


def screened_of(claim: Claim) -> list[Any]:
    """Who gets the money of the claim and is screened: who invoiced, and the cluster where it pays."""
    return [claim.provider, *([claim.cluster] if claim.cluster is not None else [])]


@for_system("who proposes a batch names claims that they read")
def accounts_of_payees(claims: Iterable[Claim]) -> dict[tuple[str, int], PayeeAccount]:
    """The account that stands of each payee of the claims, by its key; at most two queries."""
    keys = {claim.payee_key for claim in claims}
    ids = {way: {pk for known, pk in keys if known == way} for way in WayOfUse.values}
    found: dict[tuple[str, int], PayeeAccount] = {}
    if ids[WayOfUse.PROVIDER]:
        accounts = ProviderAccount.objects.filter(
            provider__in=ids[WayOfUse.PROVIDER], replaced_at=None
        ).select_related("verified_by")
        found |= {(str(WayOfUse.PROVIDER), one.provider_id): one for one in accounts}
    others = Q(cluster__in=ids[WayOfUse.CLUSTER]) | Q(partner__in=ids[WayOfUse.PARTNER])
    if ids[WayOfUse.CLUSTER] or ids[WayOfUse.PARTNER]:
        for details in BankAccount.objects.filter(others, replaced_at=None).select_related(
            "verified_by"
        ):
            way = WayOfUse.CLUSTER if details.cluster_id else WayOfUse.PARTNER
            found[str(way), details.owner.pk] = details
    return found


def account_for(claim: Claim) -> PayeeAccount | None:
    """The account on which the claim is paid, as it stands; verified or not."""
    return accounts_of_payees([claim]).get(claim.payee_key)


def of_payees(claims: Iterable[Claim], prefix: str = "") -> Q:
    """The condition by which claims of the same payees as these are found; `prefix` leads to them."""
    keys = {claim.payee_key for claim in claims}
    condition = Q(pk__in=[])
    for way in WayOfUse.values:
        ids = {pk for known, pk in keys if known == way}
        if ids:
            condition |= Q(**{f"{prefix}way": way, f"{prefix}{way}__in": ids})
    return condition


def claimants_of(voucher: Voucher) -> QuerySet[User]:
    """Who claims: those who write for the cluster, or the officers where the partner pays."""
    application = voucher.award.application
    if application.call.way_of_use == WayOfUse.PARTNER:
        return officers_for(application.country_id)
    return writers_for(application.cluster)
