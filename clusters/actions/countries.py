"""Writes about the countries of the programme."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import is_coordinator
from clusters.models import Country, CountryPartner
from conduct.actions import action, require


@action(_("Country set up"))
def set_up_country(
    code: str,
    *,
    name: dict[str, str],
    time_zone: str,
    currency: str,
    partner: str,
    partner_short_name: str = "",
    by: User,
) -> Country:
    """Enter (or correct) a country and the organisation that runs the programme there."""
    require(is_coordinator, by)
    country, _created = Country.objects.update_or_create(
        code=code, defaults={"name": name, "time_zone": time_zone, "currency": currency}
    )
    CountryPartner.objects.update_or_create(
        country=country, defaults={"name": partner, "short_name": partner_short_name}
    )
    return country
