"""Which other claims look like one: the same invoice may have been paid for already."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from vouchers.payments.models import DONE_WITH, Claim
from vouchers.payments.permissions import may_compare_claims
from vouchers.providers.models import ProviderAccount

from .claims import claims_visible_to

SHOWN = 20


@dataclass(frozen=True)
class LikeClaim:
    """Another claim, what is the same in both, and whether the reader may open it."""

    claim: Claim
    same: list[str | Promise]
    is_readable: bool


def like_claims(claim: Claim, user: User) -> list[LikeClaim]:
    """The claims of all vouchers and calls that look like this one, newest first; four queries.

    Alike are: the number of the invoice with the same provider, or with one that is paid on the same
    account; the file; amount, currency and day. What came back for the same milestone is only the
    same claim made anew. Empty for the clusters themselves, who learn nothing of each other.
    """
    if not may_compare_claims.test(user):
        return []
    providers = _same_payee(claim)
    others = (
        Claim.objects.exclude(pk=claim.pk)
        .exclude(milestone=claim.milestone_id, state__in=DONE_WITH)
        .filter(
            Q(invoice_key=claim.invoice_key, provider__in=providers)
            | Q(invoice_sha256=claim.invoice_sha256)
            | Q(
                invoice_date=claim.invoice_date,
                currency=claim.currency,
                currency_amount=claim.currency_amount,
            )
        )
        .select_related(
            "voucher__award__application__cluster", "voucher__award__application__country"
        )
        .order_by("-submitted_at")[:SHOWN]
    )
    found = list(others)
    readable = set(
        claims_visible_to(user)
        .filter(pk__in=[one.pk for one in found])
        .values_list("pk", flat=True)
    )
    return [LikeClaim(one, _same(claim, one, providers), one.pk in readable) for one in found]


def _same_payee(claim: Claim) -> set[int]:
    """The claim's provider, and those that are, or were, paid on one of its accounts."""
    accounts = ProviderAccount.objects.filter(provider=claim.provider_id).values("account")
    found = ProviderAccount.objects.filter(account__in=accounts).values_list("provider", flat=True)
    return {claim.provider_id, *found}


def _same(claim: Claim, other: Claim, providers: set[int]) -> list[str | Promise]:
    same: list[str | Promise] = []
    if other.invoice_key == claim.invoice_key and other.provider_id in providers:
        same.append(_("the number of the invoice and the payee"))
    if other.invoice_sha256 == claim.invoice_sha256:
        same.append(_("the file"))
    if (other.invoice_date, other.currency, other.currency_amount) == (
        claim.invoice_date,
        claim.currency,
        claim.currency_amount,
    ):
        same.append(_("the amount and the date"))
    return same
