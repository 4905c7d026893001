"""Which other claims look like one: the same invoice may have been paid for already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lists.queries import among_keys
from vouchers.payments.models import CAME_BACK, Claim, ClaimLine, Invoice
from vouchers.payments.permissions import may_compare_claims
from vouchers.providers.models import ProviderAccount

from .claims import claims_visible_to

SHOWN = 20


@dataclass(frozen=True)
class LikeClaim:
    """Another claim, what is the same in both, and whether the reader may open it.

    `shared_reason` is why an officer allowed its invoice once more, where one did.
    """

    claim: Claim
    same: list[str | Promise]
    shared_reason: str
    is_readable: bool


def like_claims(
    claim: Claim, user: User, lines: Sequence[ClaimLine] | None = None
) -> list[LikeClaim]:
    """The claims of all vouchers and calls with an invoice like one of its, newest first.

    At most 4 queries; 3 where the caller has read the `lines` with invoices and files.

    Alike are: the number of the invoice with the same provider, or with one that is paid on the same
    account; the file; total, currency and day. What came back of the same voucher is only the same
    claim made anew. Empty for the clusters themselves, who learn nothing of each other.
    """
    if not may_compare_claims.test(user):
        return []
    providers = _same_payee(claim)
    # A part that was set aside has its invoices with the claim that it continues.
    holder = claim.continues_id or claim.pk
    own = (
        list({line.invoice: None for line in lines})
        if lines is not None and claim.continues_id is None
        else list(Invoice.objects.filter(claim=holder).select_related("file"))
    )
    if not own:
        # An advance has no invoices.
        return []
    others = (
        Invoice.objects.exclude(claim=holder)
        .exclude(claim__voucher=claim.voucher_id, claim__state__in=CAME_BACK)
        .filter(among_keys(_alike(own, providers)))
        .select_related(
            "file",
            "claim__voucher__award__application__cluster",
            "claim__voucher__award__application__country",
        )
        .order_by("-claim__submitted_at", "pk")[:SHOWN]
    )
    found = list(others)
    readable = set(
        claims_visible_to(user)
        .filter(pk__in=[one.claim_id for one in found])
        .values_list("pk", flat=True)
    )
    same: dict[Claim, dict[str | Promise, None]] = {}
    shared: dict[Claim, str] = {}
    for other in found:
        for mine in own:
            same.setdefault(other.claim, {}).update(dict.fromkeys(_same(mine, other, providers)))
        shared[other.claim] = shared.get(other.claim) or other.shared_reason
    return [
        LikeClaim(one, list(what), shared[one], one.pk in readable) for one, what in same.items()
    ]


def _alike(own: Sequence[Invoice], providers: set[int]) -> QuerySet[Any]:
    """The keys of the invoices that are like one of these: each likeness is found by its own index.

    As one condition over invoices and their files, every invoice there is would be looked at.
    """
    numbers = Q(key__in={one.key for one in own}, provider__in=providers)
    files = Q(file__sha256__in={one.file.sha256 for one in own})
    sums = reduce(
        or_,
        (Q(invoiced_on=one.invoiced_on, currency=one.currency, total=one.total) for one in own),
    )
    first, *others = (
        Invoice.objects.filter(alike).order_by().values("pk") for alike in (numbers, files, sums)
    )
    return first.union(*others)


def _same_payee(claim: Claim) -> set[int]:
    """The claim's provider, and those that are, or were, paid on one of its accounts."""
    accounts = ProviderAccount.objects.filter(provider=claim.provider_id).values("account")
    found = ProviderAccount.objects.filter(account__in=accounts).values_list("provider", flat=True)
    return {claim.provider_id, *found}


def _same(mine: Invoice, other: Invoice, providers: set[int]) -> list[str | Promise]:
    same: list[str | Promise] = []
    if other.key == mine.key and other.provider_id in providers:
        same.append(_("the number of the invoice and the payee"))
    if other.file.sha256 == mine.file.sha256:
        same.append(_("the file"))
    if (other.invoiced_on, other.currency, other.total) == (
        mine.invoiced_on,
        mine.currency,
        mine.total,
    ):
        same.append(_("the amount and the date"))
    return same
