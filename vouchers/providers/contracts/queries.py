"""Reads of contracts, scoped to who asks."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from vouchers.awards.models import Voucher
from vouchers.awards.queries import award_within_reach
from vouchers.providers.quotes.models import QuoteChoice

from .models import Contract


def contracts_visible_to(user: User) -> QuerySet[Contract]:
    """The contracts of vouchers that the person may read, with their lines."""
    return (
        Contract.objects.filter(award_within_reach(user, "voucher__award__"))
        .select_related(
            "voucher__award__application__cluster",
            "provider",
            "entered_by",
            "choice__terms",
            "choice__quote",
        )
        .prefetch_related("lines")
    )


def contract_of(voucher: Voucher) -> Contract | None:
    """The contract of a voucher, where one is concluded."""
    return Contract.objects.filter(voucher=voucher).select_related("provider").first()


def confirmed_choice_of(voucher: Voucher) -> QuoteChoice | None:
    """The confirmed choice that waits for its contract, or has it."""
    return (
        QuoteChoice.objects.filter(terms__voucher=voucher, is_confirmed=True)
        .exclude(terms__state="ended")
        .select_related("quote__invitation__provider", "terms")
        .first()
    )
