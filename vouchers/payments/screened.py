"""What is on its way to a payee: told to those who hear that somebody on a list is called alike."""

from __future__ import annotations

from django.db import models

from conduct.queries.scoping import for_system
from vouchers.providers.models import Provider
from vouchers.screening.kinds import register_payments

from .models import Claim


@for_system("coordinators and finance officers are told, who read all claims")
def _under_way(payee: models.Model) -> list[str]:
    """The vouchers and invoices that are approved or ordered for a provider, and not paid."""
    if not isinstance(payee, Provider):
        return []
    claims = Claim.objects.filter(
        provider=payee, state__in=[Claim.State.APPROVED, Claim.State.ORDERED]
    ).select_related("voucher__award__application")
    return [f"{claim.voucher.reference} ({claim.invoice_numbers})" for claim in claims]


register_payments(_under_way)
