"""What the people of a cluster find of their vouchers: where each stands, its money, and whom to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from clusters.models import CountryPartner
from clusters.queries import officers_for
from vouchers.awards.models import Voucher

# So many of them; the list shows the rest.
SHOWN = 4


@dataclass(frozen=True)
class Contact:
    """Whom to ask about vouchers of a country: the partner, and its people."""

    partner: CountryPartner
    officers: list[User]


@dataclass(frozen=True)
class OwnVouchers:
    """The vouchers of a person's clusters, and whom to ask about them."""

    vouchers: list[Voucher]
    contacts: list[Contact]


def own_vouchers(vouchers: Sequence[Voucher]) -> OwnVouchers:
    """The first of a person's vouchers (`dashboards.queries.own`), and whom to ask; a query a country."""
    countries = {one.country.code: one.country for one in vouchers}
    return OwnVouchers(
        list(vouchers[:SHOWN]),
        [
            Contact(country.partner, list(officers_for(code)[:SHOWN]))
            for code, country in countries.items()
        ],
    )
