"""Writes of the consultants of a country."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.models import Country
from records.acting import action, require
from vouchers.assistance.models import Provider
from vouchers.assistance.permissions import may_register_provider


@action(gettext_lazy("Provider registered"))
def register_provider(
    country: Country, *, name: str, bank_account: str, by: User, email: str = ""
) -> Provider:
    """Enter a consultant with the account to which invoices are paid (IBAN or Moroccan RIB)."""
    require(may_register_provider, by, country.pk)
    provider = Provider(country=country, name=name, email=email, bank_account=bank_account)
    provider.full_clean()
    provider.save()
    return provider
